import type { Cancel, Clock } from '../../core/time/clock.ts'
import { Interrupted } from '../../core/options/errors.ts'
import type { RunningCommand } from '../run/running-command.ts'
import type { Callers } from '../session/callers.ts'
import { AbandonedCommands } from './abandoned.ts'

/**
 * How long a command may go on after Ctrl-C before its session goes on without it. A second Ctrl-C
 * does not wait.
 */
export const INTERRUPT_GRACE = 1000

/** The session whose commands are interrupted. */
export interface InterruptHost {
  readonly session: { readonly id: string }
  /** The session goes on without a command. */
  abandon(command: RunningCommand): void
  /** Too many were abandoned: this one is waited for. */
  refuseToAbandon(): void
}

/**
 * Interrupts the commands of one session: each is told, has a while to end, and is then abandoned.
 * Made for the first Ctrl-C, and kept as long as a command goes on after one.
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

  /** Ctrl-C while a command runs. */
  interrupt(command: RunningCommand): void {
    if (command.aborted) return this.#abandon(command)
    command.abort(new Interrupted(this.#host.session.id))
    this.#abandoned.interrupted(command)
    this.#cancelGrace = this.#clock.after(INTERRUPT_GRACE, () => this.#abandon(command))
  }

  /** Why a question that is asked now gets no answer: a command that was abandoned may ask it. */
  refusal(running: RunningCommand | undefined): Error | undefined {
    return this.#abandoned.refusal(running)
  }

  /** Why a write that is awaited now rejects; `undefined`: it does not. */
  writeRefusal(): Error | undefined {
    return this.#abandoned.writeRefusal()
  }

  /** A command has ended; returns whether none is left that was interrupted. */
  remove(command: RunningCommand): boolean {
    const none = this.#abandoned.remove(command)
    if (none) this.end()
    return none
  }

  /** The session waits for no command any more. */
  stopWaiting(): void {
    this.#cancelGrace?.()
    this.#cancelGrace = undefined
  }

  /** Nobody is left, or the session is over. */
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
