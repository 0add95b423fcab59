import { waitFor } from '../../core/time/clock.ts'
import type { Cancel, Clock } from '../../core/time/clock.ts'
import type { Callers } from './callers.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** The timers of one session: all end with it. */
export class Timers {
  readonly #clock: Clock
  readonly #fault: (error: unknown) => void
  readonly #callers: Callers | undefined
  /** Made with the first timer: most sessions have none. */
  #pending: Set<Cancel> | undefined
  #closed = false

  /** `fault` receives the errors and rejections of a timer's function. */
  constructor(clock: Clock, fault: (error: unknown) => void, callers?: Callers) {
    this.#clock = clock
    this.#fault = fault
    this.#callers = callers
  }

  /** Calls `run` once, after `ms` milliseconds; correct for any number up to 2^53. */
  after(ms: number, run: () => unknown): Cancel {
    if (this.#closed) return () => {}
    const cancelTimer = waitFor(this.#clock, ms, () => {
      this.#pending?.delete(cancel)
      void this.#call(run)
    })
    const cancel = (): void => {
      this.#pending?.delete(cancel)
      cancelTimer()
    }
    ;(this.#pending ??= new Set()).add(cancel)
    return cancel
  }

  /**
   * Calls `run` repeatedly, `ms` milliseconds after each start. The next run waits for one that
   * takes longer.
   */
  every(ms: number, run: () => unknown): Cancel {
    let due = this.#clock.now()
    let cancelNext: Cancel = () => {}
    let stopped = false
    const arm = (): void => {
      if (stopped) return
      due = Math.max(due + Math.max(1, ms), this.#clock.now())
      cancelNext = this.after(due - this.#clock.now(), tick)
    }
    const tick = (): void => {
      const result = this.#call(run)
      if (result === undefined) arm()
      else void result.then(arm)
    }
    arm()
    return () => {
      stopped = true
      cancelNext()
    }
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#pending ?? []) cancel()
  }

  /** Returns a promise if `run` is asynchronous; it never rejects. */
  #call(run: () => unknown): Promise<void> | undefined {
    try {
      const result = this.#callers?.watched ? this.#callers.run(this, run) : run()
      return isThenable(result) ? Promise.resolve(result).then(() => {}, this.#fault) : undefined
    } catch (error) {
      this.#fault(error)
      return undefined
    }
  }
}
