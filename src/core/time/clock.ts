/**
 * Time, as the machines see it: a value that is handed to them. Nothing below the roof reads the system's clock;
 * in tests a manual clock stands in for it, and no test sleeps.
 */
export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number
  /** Milliseconds since 1970, for what people read. May jump. */
  wall(): number
  /** Calls `run` once, `ms` milliseconds from now (0 to 2^31 − 1), unless the answer is called first. */
  after(ms: number, run: () => void): Cancel
}

/** Calls a timer off. Calling it again, or after the timer has run, does nothing. */
export type Cancel = () => void

/** The longest wait that a platform's timer takes; a longer one fires at once in Node. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1

/** Like `clock.after`, for any wait up to 2^53 ms: one beyond 2^31 − 1 is made of several. `Infinity` never comes. */
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
