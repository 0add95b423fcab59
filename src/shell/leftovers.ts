import type { AsyncContext } from '../core/async-context.ts'
import type { RunningCommand } from './invocation.ts'

/** Each keeps what was typed, and whatever its handler holds. */
export const MOST_LEFTOVERS = 16

/**
 * The commands that a session has gone on without, as long as they run. They hold the same session as whatever comes after them; so while there are any, who asks
 * the user something has to be the command that runs now, and all others are refused: a timer or a hook too. Who it is that asks only an async context can tell. It
 * is made with the first of them and dropped with the last, because every promise of the process pays for it on Node 20 and 22 (0.25 µs for an `await`
 * instead of 0.06). Without one nobody may ask until they have ended.
 */
export class Leftovers {
  readonly #calls: Set<RunningCommand> = new Set()
  readonly #context: AsyncContext | undefined

  constructor(context: AsyncContext | undefined) {
    this.#context = context
  }

  /** There are as many as there may be: the session waits for the next one that heeds no Ctrl-C. */
  get full(): boolean {
    return this.#calls.size >= MOST_LEFTOVERS
  }

  add(call: RunningCommand): void {
    this.#calls.add(call)
  }

  /** It has ended, if it was one of them; answers whether it was the last. */
  remove(call: RunningCommand): boolean {
    if (!this.#calls.delete(call) || this.#calls.size > 0) return false
    this.forget()
    return true
  }

  /** Nobody will ask any more. */
  forget(): void {
    this.#context?.disable()
  }

  /** Runs the next command so that it is known where it asks. */
  run<T>(call: RunningCommand, run: () => T): T {
    return this.#context === undefined ? run() : this.#context.run(call, run)
  }

  /** Why whoever asks now gets no answer; `undefined`: it is the command that runs. */
  refusal(running: RunningCommand | undefined): Error | undefined {
    const asking = this.#context?.getStore() as RunningCommand | undefined
    if (asking !== undefined && asking === running) return undefined
    const [first] = this.#calls
    return asking?.reason ?? first?.reason
  }
}
