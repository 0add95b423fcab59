import type { Callers } from '../session/callers.ts'
import type { RunningCommand } from '../run/running-command.ts'

/** Each keeps what was typed, and whatever its handler holds. */
export const MAX_ABANDONED = 16

/**
 * The commands of a session that go on after Ctrl-C: the one that was interrupted and still runs,
 * and those that the session has gone on without. They hold the same session as whatever comes
 * after them. So while there are any, only the command that runs now may ask the user something,
 * and none of them may await a write. `Callers` know whose code calls; a caller that is not known
 * may be one of them.
 */
export class AbandonedCommands {
  readonly #calls: Set<RunningCommand> = new Set()
  readonly #callers: Callers
  #interrupted: RunningCommand | undefined

  constructor(callers: Callers) {
    this.#callers = callers
    callers.watch()
  }

  /** There are as many as there may be: the session waits for the next one that ignores Ctrl-C. */
  get full(): boolean {
    return this.#calls.size >= MAX_ABANDONED
  }

  /** The command that runs was interrupted, and has a while to end. */
  interrupted(call: RunningCommand): void {
    this.#interrupted = call
  }

  /** The session goes on without it. */
  add(call: RunningCommand): void {
    this.#interrupted = undefined
    this.#calls.add(call)
  }

  /** It has ended, if it was one of them; returns whether there are no others. */
  remove(call: RunningCommand): boolean {
    if (this.#interrupted === call) this.#interrupted = undefined
    else this.#calls.delete(call)
    return this.#calls.size === 0 && this.#interrupted === undefined
  }

  /** Nobody is left, or will ask any more. */
  forget(): void {
    this.#callers.unwatch()
  }

  /** Why a question that is asked now gets no answer; `undefined`: it is the command that runs. */
  refusal(running: RunningCommand | undefined): Error | undefined {
    const [first] = this.#calls
    if (first === undefined) return undefined
    const asking = this.#callers.current
    if (asking !== undefined && asking === running) return undefined
    return (this.#own(asking) ?? first).reason
  }

  /** Why a write that is awaited now rejects; `undefined`: its caller is none of them. */
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
