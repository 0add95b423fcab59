import type { Clock } from '../../core/time/clock.ts'
import type { Traffic } from '../../core/connection.ts'
import type { ServerObserver } from '../../core/events.ts'
import type { SessionFacts } from '../session/facts.ts'
import type { RunningCommand } from '../run/running-command.ts'

/**
 * Reports one session, its commands one after the other, to whoever wants to hear of them. Where
 * nobody does, a command costs no look at the clock.
 */
export class SessionReport {
  readonly #observer: ServerObserver | undefined
  readonly #facts: SessionFacts
  readonly #clock: Clock
  readonly #begun: number
  #commandBegun: number | undefined
  #isIn = false

  constructor(observer: ServerObserver | undefined, facts: SessionFacts, clock: Clock) {
    this.#observer = observer
    this.#facts = facts
    this.#clock = clock
    this.#begun = clock.now()
  }

  /** The user is in. */
  start(): void {
    this.#isIn = true
    const { id: session, peer, name, request } = this.#facts
    this.#observer?.report({ type: 'start', session, peer, name, request: request.type })
  }

  commandBegins(): void {
    const observer = this.#observer
    const wanted = observer !== undefined && (observer.commands !== 'no' || observer.commandChannel?.hasSubscribers)
    this.#commandBegun = wanted ? this.#clock.now() : undefined
  }

  commandEnds(call: RunningCommand, status: number): void {
    if (this.#commandBegun === undefined) return
    const { name: command, words, secret, refusal } = call
    const duration = this.#since(this.#commandBegun)
    this.#commandBegun = undefined
    const { id: session, name } = this.#facts
    const refused = refusal && { refused: refusal.reason, tried: refusal.tried }
    const typed = !secret && this.#observer?.commands === 'words' && { words }
    this.#observer?.report({ type: 'command', session, name, command, ...refused, ...typed, status, duration })
  }

  /** It is over. */
  end(reason: string, traffic: Traffic | undefined): void {
    const { id: session, peer, name } = this.#facts
    const duration = this.#since(this.#begun)
    this.#observer?.report({
      type: 'end',
      session,
      begun: this.#isIn,
      peer,
      name,
      reason,
      duration,
      ...(traffic && { traffic }),
    })
  }

  /** To the microsecond: what is beyond is the clock's own noise. */
  #since(begun: number): number {
    return Math.round((this.#clock.now() - begun) * 1000) / 1000
  }
}
