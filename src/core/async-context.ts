/**
 * A value that follows a call into everything that the call awaits, and is seen nowhere else, like
 * TC39's `AsyncContext`. Node's `AsyncLocalStorage` is one as it is.
 */
export interface AsyncContext {
  /** Runs a function in the context of a value. */
  run<T>(value: unknown, run: () => T): T
  /** Returns the value of the calling run; `undefined` outside every run. */
  getStore(): unknown
  /** Drops all values; from then on it costs nothing. */
  disable(): void
}
