import type { Cancel, Clock } from '../../core/time/clock.ts'
import { Interrupted } from '../../core/options/errors.ts'
import type { RunningCommand } from '../run/running-command.ts'
import type { Callers } from '../session/callers.ts'
import { AbandonedCommands } from './abandoned.ts'

/**
 * How long a command may go on after Ctrl-C before its session abandons it, in milliseconds. A
 * second Ctrl-C does not wait.
 */
export const INTERRUPT_GRACE = 1000

/** The session whose commands are interrupted. */
export interface InterruptHost {
  readonly session: { readonly id: string }
  /** Goes on without a command. */
  abandon(command: RunningCommand): void
  /** Reports that too many commands were abandoned: this one is waited for. */
  refuseToAbandon(): void
}

/**
 * Interrupts the commands of one session: aborts each, gives it a while to end, and then abandons
 * it. Made for the first Ctrl-C, and kept as long as a command goes on after one.
 */
export class Interrupts {
  readonly #host: InterruptHost
  readonly #clock: Clock
  readonly #abandoned: AbandonedCommands
  #cancelGrace: Cancel | undefined

  constructor(host: InterruptHost, clock: Clock, callers: Callers) {
    this.#host = host
    this.#clock = clock
    this.#abandoned = new AbandonedCommands(callers)
  }

  /** Handles Ctrl-C while a command runs. */
  interrupt(command: RunningCommand): void {
    if (command.aborted) return this.#abandon(command)
    command.abort(new Interrupted(this.#host.session.id))
    this.#abandoned.interrupted(command)
    this.#cancelGrace = this.#clock.after(INTERRUPT_GRACE, () => this.#abandon(command))
  }

  /** Returns why a question that is asked now is refused: an abandoned command may ask it. */
  refusal(running: RunningCommand | undefined): Error | undefined {
    return this.#abandoned.refusal(running)
  }

  /** Returns why a write that is awaited now rejects; `undefined` if it does not. */
  writeRefusal(): Error | undefined {
    return this.#abandoned.writeRefusal()
  }

  /** Removes a command that has ended; returns whether no interrupted one is left. */
  remove(command: RunningCommand): boolean {
    const none = this.#abandoned.remove(command)
    if (none) this.end()
    return none
  }

  /** The session no longer waits for a command. */
  stopWaiting(): void {
    this.#cancelGrace?.()
    this.#cancelGrace = undefined
  }

  /** Ends: no interrupted command is left, or the session is over. */
  end(): void {
    this.stopWaiting()
    this.#abandoned.forget()
  }

  #abandon(command: RunningCommand): void {
    if (this.#abandoned.full) return this.#host.refuseToAbandon()
    command.abandoned = true
    this.#abandoned.add(command)
    this.#host.abandon(command)
  }
}
