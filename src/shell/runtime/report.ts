import type { Clock } from '../../core/time/clock.ts'
import type { Traffic } from '../../core/connection.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import type { ServerObserver } from '../../core/events.ts'
import type { SessionFacts } from '../session/facts.ts'
import type { RunningCommand } from '../run/running-command.ts'

/**
 * Reports one session and its commands, one after the other, to the observer. Without an observer
 * of commands, a command reads no clock.
 */
export class SessionReport {
  readonly #observer: ServerObserver | undefined
  readonly #facts: SessionFacts
  readonly #clock: Clock
  readonly #begun: number
  #commandBegun: number | undefined
  /** The begin of each command beside the loop. */
  #nested: Map<RunningCommand, number> | undefined
  isIn = false

  constructor(observer: ServerObserver | undefined, facts: SessionFacts, clock: Clock) {
    this.#observer = observer
    this.#facts = facts
    this.#clock = clock
    this.#begun = clock.now()
  }

  /** Reports that the session begins: the login is over. */
  start(): void {
    this.isIn = true
    const { id: session, peer, name, request } = this.#facts
    this.#observer?.report({ type: 'start', session, peer, name, request: request.type })
  }

  commandBegins(): void {
    this.#commandBegun = this.#wantsCommands ? this.#clock.now() : undefined
  }

  /** A command of the program's begins. */
  nestedBegins(call: RunningCommand): void {
    if (this.#wantsCommands) (this.#nested ??= new Map()).set(call, this.#clock.now())
  }

  nestedEnds(call: RunningCommand, status: number): void {
    const begun = this.#nested?.get(call)
    this.#nested?.delete(call)
    if (begun !== undefined && !call.goesOn) this.#command(call, status, begun, true)
  }

  get #wantsCommands(): boolean | undefined {
    const observer = this.#observer
    return observer !== undefined && (observer.commands !== 'no' || observer.commandChannel?.hasSubscribers)
  }

  commandEnds(call: RunningCommand, status: number): void {
    const begun = this.#commandBegun
    this.#commandBegun = undefined
    if (begun !== undefined) this.#command(call, status, begun, false)
  }

  #command(call: RunningCommand, status: number, begun: number, isNested: boolean): void {
    const { name: command, words, secret, refusal } = call
    const duration = this.#since(begun)
    const { id: session, name } = this.#facts
    const refused = refusal && { refused: refusal.reason, tried: refusal.tried }
    const typed = !secret && this.#observer?.commands === 'words' && { words }
    const nested = isNested && { nested: true as const }
    this.#observer?.report({
      type: 'command',
      session,
      name,
      command,
      ...refused,
      ...typed,
      ...nested,
      status,
      duration,
    })
  }

  /** Reports the end of the session. */
  end(reason: string, traffic: Traffic | undefined): void {
    for (const call of this.#nested?.keys() ?? []) this.nestedEnds(call, STATUS.interrupted)
    const { id: session, peer, name } = this.#facts
    const duration = this.#since(this.#begun)
    this.#observer?.report({
      type: 'end',
      session,
      begun: this.isIn,
      peer,
      name,
      reason,
      duration,
      ...(traffic && { traffic }),
    })
  }

  /** In microseconds: more digits are noise of the clock. */
  #since(begun: number): number {
    return Math.round((this.#clock.now() - begun) * 1000) / 1000
  }
}
