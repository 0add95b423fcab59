import type { AsyncContext } from '../../core/async-context.ts'

/**
 * Knows whose code is running, a command's or a timer's, for code that began while it was watched.
 * A session watches after an interrupted command goes on. Without an async context nothing is
 * known.
 */
export class Callers {
  readonly #newContext: (() => AsyncContext) | undefined
  #context: AsyncContext | undefined
  /** The number of watchers. */
  #watchers = 0
  /**
   * Whether it is watched. On Node 20 and 22 every promise of the process pays for it (0.06 µs →
   * 0.25 µs for an `await`).
   */
  watched = false

  constructor(newContext: (() => AsyncContext) | undefined) {
    this.#newContext = newContext
  }

  /** Returns one for callers of another kind. */
  fork(): Callers {
    return new Callers(this.#newContext)
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

  /** Runs code of `caller`, so that its calls are recognized. */
  run<T>(caller: object, run: () => T): T {
    return this.#context === undefined || !this.watched ? run() : this.#context.run(caller, run)
  }

  /** The caller of the running code; `undefined` if unknown. */
  get current(): unknown {
    return this.#context?.getStore()
  }
}
