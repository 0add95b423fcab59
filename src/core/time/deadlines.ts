import { waitFor } from './clock.ts'
import type { Cancel, Clock } from './clock.ts'
import { TimerWheel } from './timer-wheel.ts'
import type { WheelItem } from './timer-wheel.ts'

/** Whoever is looked at from time to time. */
export interface Scheduled extends WheelItem {
  /** When to look next; `Infinity`: never. */
  readonly dueAt: number
  /** Called when the time has come. */
  onDue(): void
}

/**
 * Looks at each when it is due. One timer for all of them, for the first that is; none while there
 * is nobody.
 */
export class Deadlines {
  readonly #clock: Clock
  readonly #wheel: TimerWheel<Scheduled> = new TimerWheel()
  #cancel: Cancel | undefined
  /** When the timer is due. */
  #at = Infinity
  /** Who is being looked at, unless they leave meanwhile. */
  #looked: Scheduled | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Begins to look, or looks at another time than was meant: `next` has changed. */
  schedule(watched: Scheduled): void {
    this.#wheel.schedule(watched, watched.dueAt)
    this.#regulate()
  }

  /** Stops looking. */
  cancel(watched: Scheduled): void {
    if (this.#looked === watched) this.#looked = undefined
    this.#wheel.remove(watched)
    this.#regulate()
  }

  /**
   * A timer that is due too soon is left as it is: most of those who leave, or type, come later
   * than others.
   */
  #regulate(): void {
    const { next } = this.#wheel
    if (next !== Infinity && next >= this.#at) return
    this.#cancel?.()
    this.#at = next
    this.#cancel = next === Infinity ? undefined : waitFor(this.#clock, next - this.#clock.now(), () => this.#walk())
  }

  #walk(): void {
    this.#at = Infinity
    this.#cancel = undefined
    for (const watched of this.#wheel.take(this.#clock.now())) {
      this.#looked = watched
      watched.onDue()
      if (this.#looked === watched) this.#wheel.schedule(watched, watched.dueAt)
    }
    this.#looked = undefined
    this.#regulate()
  }
}
