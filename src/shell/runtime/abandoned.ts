import type { Callers } from '../session/callers.ts'
import type { RunningCommand } from '../run/running-command.ts'

/**
 * The most commands of a session that may go on after Ctrl-C: each keeps its input, and all that
 * its handler holds.
 */
export const MAX_ABANDONED = 16

/**
 * The commands of a session that go on after Ctrl-C: the interrupted one that still runs, and the
 * abandoned ones.
 *
 * They hold the same session as the commands after them. So while there are any, only the command
 * that runs now may ask the user something. None of the interrupted commands may await a write.
 * `Callers` know whose code calls; an unknown caller may be one of them.
 */
export class AbandonedCommands {
  readonly #calls: Set<RunningCommand> = new Set()
  readonly #callers: Callers
  #interrupted: RunningCommand | undefined

  constructor(callers: Callers) {
    this.#callers = callers
    callers.watch()
  }

  /**
   * Whether there are as many as allowed: the session waits for the next command that ignores
   * Ctrl-C.
   */
  get full(): boolean {
    return this.#calls.size >= MAX_ABANDONED
  }

  /** The running command was interrupted, and has a while to end. */
  interrupted(call: RunningCommand): void {
    this.#interrupted = call
  }

  /** The session abandons the command, and goes on without it. */
  add(call: RunningCommand): void {
    this.#interrupted = undefined
    this.#calls.add(call)
  }

  /**
   * Removes a command that has ended, if it is one of them. Returns whether there are no others.
   */
  remove(call: RunningCommand): boolean {
    if (this.#interrupted === call) this.#interrupted = undefined
    else this.#calls.delete(call)
    return this.#calls.size === 0 && this.#interrupted === undefined
  }

  /** Stops watching callers: no such command is left, or the session has ended. */
  forget(): void {
    this.#callers.unwatch()
  }

  /**
   * Returns why a question that is asked now is refused; `undefined` if the running command asks
   * it.
   */
  refusal(running: RunningCommand | undefined): Error | undefined {
    const [first] = this.#calls
    if (first === undefined) return undefined
    const asking = this.#callers.current
    if (asking !== undefined && asking === running) return undefined
    return (this.#own(asking) ?? first).reason
  }

  /**
   * Returns why a write that is awaited now rejects; `undefined` if its caller is none of these
   * commands.
   */
  writeRefusal(): Error | undefined {
    const writing = this.#callers.current
    const own = this.#own(writing)
    if (writing !== undefined && own === undefined) return undefined
    const [first = this.#interrupted] = this.#calls
    return (own ?? first)?.reason
  }

  #own(caller: unknown): RunningCommand | undefined {
    const call = caller as RunningCommand
    return call === this.#interrupted || this.#calls.has(call) ? call : undefined
  }
}
