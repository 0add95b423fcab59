import type { Clock } from '../core/clock.ts'

/**
 * Does in later turns of the event loop what would otherwise go on in this one for ever, in order, and one thing a turn: a
 * loop that awaits what fails at once, and catches it, keeps nobody waiting.
 */
export class Later {
  readonly #clock: Clock
  #waiting: (() => void)[] = []
  #next = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  do(run: () => void): void {
    if (this.#waiting.push(run) === 1) this.#arm()
  }

  #arm(): void {
    this.#clock.nextTurn(() => this.#take())
  }

  #take(): void {
    const run = this.#waiting[this.#next] as () => void
    this.#next += 1
    if (this.#next < this.#waiting.length) this.#arm()
    else this.#forget()
    run()
  }

  #forget(): void {
    this.#waiting = []
    this.#next = 0
  }
}
