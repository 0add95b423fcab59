/**
 * A value that goes along with a call into everything that the call awaits, and is seen nowhere else: what TC39's `AsyncContext` is to be. Node's
 * `AsyncLocalStorage` is one as it is.
 */
export interface AsyncContext {
  /** Runs a function in the context of a value. */
  run<T>(value: unknown, run: () => T): T
  /** The value of the call that asks; `undefined` where it is none of those that were run. */
  getStore(): unknown
  /** Forgets all values, and costs nothing any more. */
  disable(): void
}
