export interface Rate {
  /** How many at once. */
  readonly burst: number
  readonly perSecond: number
}

/** A token bucket: `burst` at once, then `perSecond`. Full at first. */
export class TokenBucket {
  readonly #rate: Rate
  readonly #now: () => number
  #tokens: number
  #last: number

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate
    this.#now = now
    this.#tokens = rate.burst
    this.#last = now()
  }

  /** Returns whether one more may pass now, and counts it. */
  take(): boolean {
    const now = this.#now()
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + ((now - this.#last) / 1000) * this.#rate.perSecond)
    this.#last = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
