import type { AsyncContext } from '../core/async-context.ts'

/**
 * Whose code is running, of all that has begun since somebody wanted to know: a command, a timer.
 * Somebody wants to know as long as a session has a command that goes on after Ctrl-C. Without an
 * async context, and for what has begun before, nobody knows.
 */
export class Callers {
  readonly #newContext: (() => AsyncContext) | undefined
  #context: AsyncContext | undefined
  /** How many want to know. */
  #watchers = 0
  /**
   * Somebody wants to know. Every promise of the process pays for it on Node 20 and 22 (0.25 µs for
   * an `await` instead of 0.06).
   */
  watched = false

  constructor(newContext: (() => AsyncContext) | undefined) {
    this.#newContext = newContext
  }

  watch(): void {
    this.#watchers += 1
    this.watched = true
    this.#context ??= this.#newContext?.()
  }

  unwatch(): void {
    this.#watchers -= 1
    this.watched = this.#watchers > 0
    if (!this.watched) this.#context?.disable()
  }

  /** Runs what `caller` does, so that it is known wherever it calls. */
  run<T>(caller: object, run: () => T): T {
    return this.#context === undefined || !this.watched ? run() : this.#context.run(caller, run)
  }

  /** Who calls; `undefined`: nobody knows. */
  get current(): unknown {
    return this.#context?.getStore()
  }
}
