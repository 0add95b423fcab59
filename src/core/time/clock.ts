/**
 * A source of time that is passed to the pure code, which never reads the system's clock. Tests
 * pass a manual clock, and never sleep.
 */
export interface Clock {
  /** Returns milliseconds from an arbitrary start; never goes back. */
  now(): number
  /** Returns milliseconds since 1970, for what people read. It may jump. */
  wall(): number
  /**
   * Calls `run` once, `ms` milliseconds from now (0 to 2^31 − 1), unless the returned function is
   * called first.
   */
  after(ms: number, run: () => void): Cancel
}

/** Cancels a timer. A second call, or one after the timer has run, does nothing. */
export type Cancel = () => void

/** The longest wait of a platform's timer; a longer one fires at once in Node. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1

/**
 * Waits like `clock.after`, up to 2^53 ms: a wait beyond 2^31 − 1 consists of several. `Infinity`
 * never ends.
 */
export function waitFor(clock: Clock, ms: number, run: () => void): Cancel {
  if (ms <= LONGEST_TIMER_MS) return clock.after(Math.max(0, ms), run)
  if (ms === Infinity) return () => {}
  const due = clock.now() + ms
  let cancel = clock.after(LONGEST_TIMER_MS, function again() {
    const left = due - clock.now()
    cancel = left > 0 ? clock.after(Math.min(left, LONGEST_TIMER_MS), again) : (run(), cancel)
  })
  return () => cancel()
}
