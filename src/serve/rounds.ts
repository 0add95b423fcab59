import type { Cancel, Clock } from '../core/clock.ts'
import { TICK, Wheel } from '../guard/wheel.ts'
import type { Wheeled } from '../guard/wheel.ts'

/** Whoever is looked at from time to time. */
export interface Watched extends Wheeled {
  /** When to look next; `Infinity`: never. */
  readonly next: number
  look(): void
}

/** Looks at each when it is due. One timer for all of them, and none while there is nobody. */
export class Rounds {
  readonly #clock: Clock
  readonly #wheel: Wheel<Watched> = new Wheel()
  #cancel: Cancel | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Begins to look, or looks at another time than was meant: `next` has changed. */
  file(watched: Watched): void {
    this.#wheel.file(watched, watched.next)
    this.#regulate()
  }

  leave(watched: Watched): void {
    this.#wheel.remove(watched)
    this.#regulate()
  }

  #regulate(): void {
    if (this.#wheel.empty) {
      this.#cancel?.()
      this.#cancel = undefined
    } else this.#cancel ??= this.#clock.after(TICK - (this.#clock.now() % TICK), () => this.#walk())
  }

  #walk(): void {
    this.#cancel = undefined
    for (const watched of this.#wheel.take(this.#clock.now())) {
      watched.look()
      this.#wheel.file(watched, watched.next)
    }
    this.#regulate()
  }
}
