import type { Scheduler } from '../../core/time/scheduler.ts'

/**
 * Does in later turns of the event loop what would otherwise go on in this one for ever, in order,
 * and one thing a turn: a loop that awaits what fails at once, and catches it, keeps nobody
 * waiting.
 */
export class Later {
  readonly #scheduler: Scheduler
  /** The next one last. */
  #taken: (() => void)[] = []
  /** What has come since those were taken. */
  #waiting: (() => void)[] = []
  #armed = false

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  do(run: () => void): void {
    this.#waiting.push(run)
    this.#arm()
  }

  #arm(): void {
    if (this.#armed) return
    this.#armed = true
    this.#scheduler.nextTurn(() => this.#take())
  }

  #take(): void {
    this.#armed = false
    if (this.#taken.length === 0) {
      this.#taken = this.#waiting.reverse()
      this.#waiting = []
    }
    const run = this.#taken.pop() as () => void
    if (this.#taken.length > 0 || this.#waiting.length > 0) this.#arm()
    run()
  }
}
