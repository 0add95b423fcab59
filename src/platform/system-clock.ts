import type { Cancel, Clock } from '../core/time/clock.ts'

/** This machine's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(ms: number, run: () => void): Cancel {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
