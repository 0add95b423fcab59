/**
 * Reports once that something is over, and why: an `AbortController` that creates its signal on
 * demand. Most commands and sessions end while nothing waits for them.
 */
export class LazyAbort<Reason> {
  /** `undefined` until it is over. */
  reason: Reason | undefined
  #controller: AbortController | undefined

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.reason !== undefined) this.#controller.abort(this.thrown(this.reason))
    }
    return this.#controller.signal
  }

  /** Aborts; only the first reason counts. */
  abort(reason: Reason): void {
    if (this.reason !== undefined) return
    this.reason = reason
    this.#controller?.abort(this.thrown(reason))
  }

  /** Returns the signal's reason. */
  protected thrown(reason: Reason): unknown {
    return reason
  }
}
