import { expect, it } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { Pace } from './pace.ts'

it('a pace lets so many pass in a second, and calls when the next may', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, 2)
  let called = 0
  const passed = () => {
    let count = 0
    while (pace.allows(() => (called += 1)) && count < 100) {
      pace.count()
      count += 1
    }
    return count
  }
  expect(passed()).toBe(2)
  await clock.advance(999)
  expect([passed(), called]).toEqual([0, 0])
  await clock.advance(1)
  expect([called, passed()]).toEqual([1, 2])
  pace.stop()
  await clock.advance(5000)
  expect([called, passed(), clock.pending]).toEqual([1, 2, 1])
})

it('a fast pace is dealt out in tenths of a second', async () => {
  const clock = new ManualClock()
  const pace = new Pace(clock, 1000)
  let ran = 0
  const run = () => {
    while (pace.allows(run)) {
      pace.count()
      ran += 1
    }
  }
  run()
  expect(ran).toBe(100)
  await clock.advance(900)
  expect(ran).toBe(1000)
})
