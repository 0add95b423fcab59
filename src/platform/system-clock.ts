import type { Cancel, Clock } from '../core/clock.ts'
import { TURNS } from './scheduler.ts'

/** The clock of this machine. */
export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(ms: number, run: () => void): Cancel {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  soon: run => TURNS.runLater(run),
  nextTurn: run => TURNS.runNextTurn(run),
  share: () => TURNS.share(),
}
