import type { Cancel, Clock } from '../core/clock.ts'

/** Beyond this many a second they are dealt out in tenths of it, so that no session keeps the others waiting with a whole second's worth. */
const MOST_AT_ONCE = 100

/** How many may run in a second; what is more waits. Counting costs nothing but the count, until it is full. */
export class Pace {
  readonly #clock: Clock
  /** Of so many milliseconds. */
  readonly #window: number
  readonly #perWindow: number
  #left: number
  /** When the window began that is counted now. */
  #begun: number
  #cancel: Cancel | undefined

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#window = perSecond > MOST_AT_ONCE ? 100 : 1000
    this.#perWindow = Math.ceil((perSecond * this.#window) / 1000)
    this.#left = this.#perWindow
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
    const wait = this.#begun + this.#window - now
    if (wait <= 0) {
      this.#begun = now
      this.#left = this.#perWindow
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
