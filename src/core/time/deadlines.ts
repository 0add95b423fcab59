import { waitFor } from './clock.ts'
import type { Cancel, Clock } from './clock.ts'
import { TimerWheel } from './timer-wheel.ts'
import type { WheelItem } from './timer-wheel.ts'

/** An item that is checked from time to time. */
export interface Scheduled extends WheelItem {
  /** When to check next; `Infinity` for never. */
  readonly dueAt: number
  /** Called when the time has come. */
  onDue(): void
}

/**
 * Checks each item when it is due. One timer serves all, for the first that is due; an empty list
 * has none.
 */
export class Deadlines {
  readonly #clock: Clock
  readonly #wheel: TimerWheel<Scheduled> = new TimerWheel()
  #cancel: Cancel | undefined
  /** When the timer is due. */
  #at = Infinity
  /** The item being checked, unless it is removed meanwhile. */
  #looked: Scheduled | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Schedules a first check, or moves it after `next` has changed. */
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
   * Sets the timer. An early timer stays, because most items that leave or move are due later than
   * others.
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
