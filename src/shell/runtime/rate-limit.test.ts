import { expect, it } from 'vitest'
import { ManualClock } from '../../testing/manual-clock.ts'
import { RateLimit } from './rate-limit.ts'

it('a pace lets so many pass in a second, and calls when the next may', async () => {
  const clock = new ManualClock()
  const pace = new RateLimit(clock, 2)
  let called = 0
  const waiting = { next: () => void (called += 1) }
  const passed = () => {
    let count = 0
    while (pace.allows(waiting) && count < 100) {
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
  pace.leave(waiting)
  expect(clock.pending).toBe(0)
  await clock.advance(5000)
  expect([called, passed(), clock.pending]).toEqual([1, 2, 1])
})

it('a fast pace is dealt out in tenths of a second', async () => {
  const clock = new ManualClock()
  const pace = new RateLimit(clock, 1000)
  let ran = 0
  const runner = {
    next() {
      while (pace.allows(runner)) {
        pace.count()
        ran += 1
      }
    },
  }
  runner.next()
  expect(ran).toBe(100)
  await clock.advance(900)
  expect(ran).toBe(1000)
})

it('a pace that several share keeps none of them waiting for ever', async () => {
  const clock = new ManualClock()
  const pace = new RateLimit(clock, 2, true)
  const order: string[] = []
  const busy = ['a', 'b', 'c'].map(name => {
    const runner = {
      next() {
        while (pace.allows(runner)) {
          pace.count()
          order.push(name)
        }
      },
    }
    return runner
  })
  for (const each of busy) each.next()
  await clock.advance(5000)
  expect(order.join('')).toBe('aaaabbccaabb')
  for (const each of busy) pace.leave(each)
  expect(clock.pending).toBe(0)
})

it('a session that begins counts where a pace is shared, and is one input with its first command', () => {
  const clock = new ManualClock()
  const waiting = { next: () => {} }
  const [shared, own] = [new RateLimit(clock, 2, true), new RateLimit(clock, 1)]
  expect([shared.admits(waiting), shared.admits(waiting), shared.admits(waiting)]).toEqual([true, true, false])
  shared.beginsWithCommand()
  expect(shared.allows(waiting)).toBe(true)
  expect([own.admits(waiting), own.admits(waiting), own.allows(waiting)]).toEqual([true, true, true])
})
