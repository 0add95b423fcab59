import { durationOf } from '../core/options/duration.ts'
import type { Cancel, Clock } from '../core/time/clock.ts'
import { TIME_SLICE_MS } from '../core/time/scheduler.ts'
import type { Scheduler } from '../core/time/scheduler.ts'

/**
 * A clock that moves only when `advance` is called: tests of time take none. It is also a
 * scheduler, for which no other session works.
 */
export class ManualClock implements Clock, Scheduler {
  #now = 0
  #timers: { readonly due: number; readonly run: () => void }[] = []

  /** Returns the milliseconds since the clock was created. */
  now(): number {
    return this.#now
  }

  /** Returns the same, counted from the beginning of 2026 (UTC). */
  wall(): number {
    return Date.UTC(2026, 0, 1) + this.#now
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { due: this.#now + ms, run }
    // Behind all timers due at the same time: they run in the order in which they were set.
    const at = this.#timers.findLastIndex(({ due }) => due <= timer.due) + 1
    this.#timers.splice(at, 0, timer)
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer)
    }
  }

  /** Runs once pending promises have settled: no time need pass. */
  defer(run: () => void): void {
    queueMicrotask(run)
  }

  /** Runs in the next turn of Node's event loop; `settled` waits for it. */
  nextTurn(run: () => void): void {
    turnsToCome += 1
    setImmediate(() => {
      turnsToCome -= 1
      run()
    })
  }

  /** Returns a share as if no other session had worked in this turn. */
  sliceEnd(): number {
    return this.now() + TIME_SLICE_MS
  }

  /** The number of timers set. */
  get pending(): number {
    return this.#timers.length
  }

  /** Lets time pass, and runs each timer when it is due; promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + durationOf('ms of advance()', ms)
    await settled()
    for (let next = this.#timers[0]; next !== undefined && next.due <= end; next = this.#timers[0]) {
      this.#timers.shift()
      this.#now = next.due
      next.run()
      await settled()
    }
    this.#now = end
  }
}

/** Turns that manual clocks have requested. */
let turnsToCome = 0
/** Work that continues for ever, a turn at a time, is not waited for. */
const MOST_TURNS = 100

/** Resolves when all promises that can settle now have settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    await new Promise(resolve => setImmediate(resolve))
    if (turnsToCome === 0) return
  }
}
