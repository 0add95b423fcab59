import type { Connection } from '../core/connection.ts'
import type { Rounds, Watched } from '../core/rounds.ts'
import type { HostedSession, Keeper, Pass } from '../core/transport.ts'
import { GuardedConnection } from '../guard/guarded-connection.ts'
import type { Guardian } from '../guard/guarded-connection.ts'
import type { ChosenLimits } from '../guard/limits.ts'
import { SessionWatch } from '../guard/session-watch.ts'

/** What a member needs of the list of all members. */
export interface Membership<S> {
  /** In whole milliseconds. */
  readonly now: number
  readonly rounds: Rounds
  /** The member has left, and is forgotten. */
  left(member: Member<S>): void
}

/** A session while it lasts: what it is held by, and who watches it. */
export class Member<S> implements Guardian, Keeper, Watched {
  slot: number | undefined
  hosted: HostedSession<S> | undefined
  isIn = false
  readonly connection: GuardedConnection
  readonly #pass: Pass | undefined
  readonly #watch: SessionWatch
  readonly #all: Membership<S>

  constructor(connection: Connection, pass: Pass | undefined, limits: ChosenLimits, all: Membership<S>) {
    this.connection = new GuardedConnection(connection, limits.maxQueuedOutput, this)
    this.#pass = pass
    this.#watch = new SessionWatch(limits, all.now)
    this.#all = all
    all.rounds.file(this)
  }

  get id(): string {
    return this.connection.facts.id
  }

  /** Its user is in. */
  entered(): void {
    this.isIn = true
    this.#pass?.loggedIn()
  }

  /** It is over. */
  left(): void {
    this.#all.left(this)
    this.#all.rounds.leave(this)
    this.#pass?.left()
  }

  get next(): number {
    return this.#watch.next
  }

  look(): void {
    const standing = { ...this.connection.standing, reading: this.hosted?.reading ?? false }
    const finding = this.#watch.look(this.#all.now, standing)
    if (finding === 'warn')
      this.hosted?.tell(`You have been idle. The session ends in ${durationText(this.#watch.warning)}.`)
    else if (finding === 'write stall') this.connection.abort(finding)
    else if (finding !== undefined) this.#end(finding)
  }

  typed(): void {
    this.#watch.typed(this.#all.now)
  }

  fellBehind(): void {
    const standing = { ...this.connection.standing, reading: false }
    if (this.#watch.fellBehind(this.#all.now, standing)) this.#all.rounds.file(this)
  }

  lingers(): void {
    this.#watch.lingers(this.#all.now)
    this.#all.rounds.file(this)
  }

  #end(reason: 'idle' | 'session time'): void {
    this.hosted?.tell(GOODBYES[reason], true)
    this.hosted?.end(reason, 1)
  }
}

const GOODBYES = {
  idle: 'You have been idle for too long. The session ends.',
  'session time': 'The session has lasted as long as it may, and ends.',
} as const

/** For people, who count in seconds. */
function durationText(ms: number): string {
  const count = Math.round(ms / 1000)
  if (count % 60 === 0) return count === 60 ? '1 minute' : `${count / 60} minutes`
  return count === 1 ? '1 second' : `${count} seconds`
}
