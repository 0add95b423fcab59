import type { Cancel, Clock } from '../core/clock.ts'

/** How many may run in a second; what is more waits for the next one. Counting costs nothing but the count, until it is full. */
export class Pace {
  readonly #clock: Clock
  readonly #perSecond: number
  #left: number
  /** When the second began that is counted now. */
  #begun: number
  #cancel: Cancel | undefined

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
    this.#left = perSecond
    this.#begun = clock.now()
  }

  /** One has run. */
  count(): void {
    this.#left -= 1
  }

  /** Whether one more may run now; if not, `then` is called when it may. */
  allows(then: () => void): boolean {
    if (this.#left > 0) return true
    const now = this.#clock.now()
    const wait = this.#begun + 1000 - now
    if (wait <= 0) {
      this.#begun = now
      this.#left = this.#perSecond
      return true
    }
    this.#cancel?.()
    this.#cancel = this.#clock.after(wait, then)
    return false
  }

  stop(): void {
    this.#cancel?.()
  }
}
