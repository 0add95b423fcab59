import { expect, it } from 'vitest'
import { LONGEST_TIMER_MS } from './clock.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { Deadlines } from './deadlines.ts'
import type { Scheduled } from './deadlines.ts'

/** Checked at its due time, and then not before `again`. */
class Sleeper implements Scheduled {
  slot: number | undefined
  readonly looks: number[] = []
  readonly #clock: ManualClock
  readonly #again: number

  constructor(clock: ManualClock, again: number) {
    this.#clock = clock
    this.#again = again
  }

  get dueAt(): number {
    return (this.looks.at(-1) ?? 0) + this.#again
  }

  onDue(): void {
    this.looks.push(this.#clock.now())
  }
}

/** A clock that counts wake-ups, and takes no longer timers than Node. */
class WatchedClock extends ManualClock {
  woken = 0

  override after(ms: number, run: () => void): () => void {
    expect(ms).toBeLessThanOrEqual(LONGEST_TIMER_MS)
    return super.after(ms, () => {
      this.woken += 1
      run()
    })
  }
}

it('looks at each in time, and is woken for nothing else, however many there are', async () => {
  const clock = new WatchedClock()
  const deadlines = new Deadlines(clock)
  const sleepers = Array.from({ length: 100 }, () => new Sleeper(clock, 1_800_000))
  for (const sleeper of sleepers) deadlines.schedule(sleeper)
  await clock.advance(1_799_000)
  expect(clock.woken).toBe(0)
  await clock.advance(1000)
  expect(clock.woken).toBe(1)
  for (const { looks } of sleepers) expect(looks).toEqual([1_800_000])
})

it('comes sooner for one that is due sooner, and keeps no timer when all have left', async () => {
  const clock = new WatchedClock()
  const deadlines = new Deadlines(clock)
  const [late, soon] = [new Sleeper(clock, 60_000), new Sleeper(clock, 5000)]
  deadlines.schedule(late)
  deadlines.schedule(soon)
  await clock.advance(12_000)
  expect([late.looks, soon.looks]).toEqual([[], [5000, 10_000]])
  deadlines.cancel(soon)
  await clock.advance(60_000)
  expect(late.looks).toEqual([60_000])
  deadlines.cancel(late)
  expect(clock.pending).toBe(0)
})

it('waits longer than any timer of the platform can', async () => {
  const clock = new WatchedClock()
  const deadlines = new Deadlines(clock)
  const month = 31 * 86_400_000
  const sleeper = new Sleeper(clock, month)
  deadlines.schedule(sleeper)
  await clock.advance(month - 1)
  expect(sleeper.looks).toEqual([])
  await clock.advance(1)
  expect(sleeper.looks).toEqual([month])
})

it('forgets who leaves while being looked at', async () => {
  const clock = new WatchedClock()
  const deadlines = new Deadlines(clock)
  const leaver: Scheduled = { slot: undefined, dueAt: 1000, onDue: () => deadlines.cancel(leaver) }
  deadlines.schedule(leaver)
  await clock.advance(1000)
  expect(clock.pending).toBe(0)
})
