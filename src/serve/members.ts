import type { Clock } from '../core/clock.ts'
import type { Connection } from '../core/connection.ts'
import type { Rounds } from '../core/rounds.ts'
import type { Pass } from '../core/transport.ts'
import type { ChosenLimits } from '../guard/limits.ts'
import { Member } from './member.ts'
import type { Membership } from './member.ts'

/** The sessions of one server, from their connections' opening to their ends. */
export class Members<S> implements Membership<S> {
  readonly clock: Clock
  readonly rounds: Rounds
  readonly #all: Map<string, Member<S>> = new Map()
  #waiting: (() => void)[] = []

  constructor(clock: Clock, rounds: Rounds) {
    this.clock = clock
    this.rounds = rounds
  }

  /** Whole milliseconds: a fraction that is kept is an object of 16 bytes. */
  get now(): number {
    return Math.floor(this.clock.now())
  }

  get size(): number {
    return this.#all.size
  }

  /** Of those who are in. */
  get sessions(): S[] {
    return [...this.#all.values()].flatMap(({ hosted, isIn }) => (isIn && hosted ? hosted.session : []))
  }

  add(connection: Connection, pass: Pass | undefined, limits: ChosenLimits): Member<S> {
    const member = new Member(connection, pass, limits, this)
    this.#all.set(member.id, member)
    return member
  }

  /** The user of that session is in. */
  entered(id: string): void {
    this.#all.get(id)?.entered()
  }

  shutdown(message: string, force: boolean): void {
    for (const { hosted } of this.#all.values()) hosted?.shutdown(message, force)
  }

  /** Resolves when none is left. */
  gone(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise(resolve => this.#waiting.push(resolve))
  }

  /** To be called by the member itself. */
  left(member: Member<S>): void {
    this.#all.delete(member.id)
    if (this.size === 0) for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
