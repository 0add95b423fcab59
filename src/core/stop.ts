/** Tells once that it is over, and why. The signal for it is made when somebody asks: most commands and sessions have nobody who does. */
export class Stop<Reason> {
  #reason: Reason | undefined
  #controller: AbortController | undefined

  /** Why it is over; `undefined` while it is not. */
  get reason(): Reason | undefined {
    return this.#reason
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#reason !== undefined) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  /** The first reason is the reason. */
  now(reason: Reason): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#controller?.abort(reason)
  }
}
