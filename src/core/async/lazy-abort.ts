/**
 * Tells once that something is over, and why: an `AbortController` whose signal is made when it is
 * asked for, since most commands and sessions end while nothing waits for them.
 */
export class LazyAbort<Reason> {
  /** `undefined` while it is not over. */
  reason: Reason | undefined
  #controller: AbortController | undefined

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.reason !== undefined) this.#controller.abort(this.thrown(this.reason))
    }
    return this.#controller.signal
  }

  /** The first reason is the reason. */
  abort(reason: Reason): void {
    if (this.reason !== undefined) return
    this.reason = reason
    this.#controller?.abort(this.thrown(reason))
  }

  /** Returns what the signal gives as its reason. */
  protected thrown(reason: Reason): unknown {
    return reason
  }
}
