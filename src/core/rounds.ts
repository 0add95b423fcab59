import { waitFor } from './clock.ts'
import type { Cancel, Clock } from './clock.ts'
import { Wheel } from './wheel.ts'
import type { Wheeled } from './wheel.ts'

/** Whoever is looked at from time to time. */
export interface Watched extends Wheeled {
  /** When to look next; `Infinity`: never. */
  readonly next: number
  look(): void
}

/**
 * Looks at each when it is due. One timer for all of them, for the first that is; none while there
 * is nobody.
 */
export class Rounds {
  readonly #clock: Clock
  readonly #wheel: Wheel<Watched> = new Wheel()
  #cancel: Cancel | undefined
  /** When the timer is due. */
  #at = Infinity
  /** Who is being looked at, unless they leave meanwhile. */
  #looked: Watched | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Begins to look, or looks at another time than was meant: `next` has changed. */
  file(watched: Watched): void {
    this.#wheel.file(watched, watched.next)
    this.#regulate()
  }

  leave(watched: Watched): void {
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
      watched.look()
      if (this.#looked === watched) this.#wheel.file(watched, watched.next)
    }
    this.#looked = undefined
    this.#regulate()
  }
}
