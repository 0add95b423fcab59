import { expect, it } from 'vitest'
import { TIME_SLICE_MS } from '../../core/time/scheduler.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { TimeSlice } from './time-slice.ts'

async function sharedFor(ms: number, units: number): Promise<boolean> {
  const clock = new ManualClock()
  const share = new TimeSlice(clock)
  share.begin()
  await clock.advance(ms)
  share.count(units)
  return share.usedUp
}

it('a share is used up when its time is', async () => {
  expect(await sharedFor(TIME_SLICE_MS / 2, 1000)).toBe(false)
  expect(await sharedFor(TIME_SLICE_MS, 1000)).toBe(true)
})

it('a few lines have never used it up, however long they took', async () => {
  expect(await sharedFor(1000, 200)).toBe(false)
})

it('short lines count as more than their text', async () => {
  const clock = new ManualClock()
  const share = new TimeSlice(clock)
  share.begin()
  await clock.advance(TIME_SLICE_MS)
  let lines = 0
  while (!share.usedUp) {
    share.count(2)
    lines += 1
  }
  expect(lines).toBe(15)
})

it('one key uses it up, where it took as long', async () => {
  const clock = new ManualClock()
  const share = new TimeSlice(clock)
  share.begin()
  expect(share.look()).toBe(false)
  await clock.advance(TIME_SLICE_MS)
  expect([share.look(), share.usedUp]).toEqual([true, true])
})

it('a new turn brings a new share', async () => {
  const clock = new ManualClock()
  const share = new TimeSlice(clock)
  share.begin()
  await clock.advance(TIME_SLICE_MS)
  share.count(1000)
  share.begin()
  expect(share.usedUp).toBe(false)
})
