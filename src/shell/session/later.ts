import type { Scheduler } from '../../core/time/scheduler.ts'

/**
 * Runs endless work in later turns of the event loop, in order, one function a turn. So a loop that
 * awaits and catches an immediate failure delays no other session.
 */
export class Later {
  readonly #scheduler: Scheduler
  /** The next one last. */
  #taken: (() => void)[] = []
  /** What was added since. */
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
