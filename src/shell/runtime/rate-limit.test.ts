import { expect, it } from 'vitest'
import { ManualClock } from '../../testing/manual-clock.ts'
import { RateLimit } from './rate-limit.ts'

it('a limit lets so many pass in a second, and calls when the next may', async () => {
  const clock = new ManualClock()
  const limit = new RateLimit(clock, 2)
  let called = 0
  const waiting = { resume: () => void (called += 1) }
  const passed = () => {
    let count = 0
    while (limit.allows(waiting) && count < 100) {
      limit.count()
      count += 1
    }
    return count
  }
  expect(passed()).toBe(2)
  await clock.advance(999)
  expect([passed(), called]).toEqual([0, 0])
  await clock.advance(1)
  expect([called, passed()]).toEqual([1, 2])
  limit.leave(waiting)
  expect(clock.pending).toBe(0)
  await clock.advance(5000)
  expect([called, passed(), clock.pending]).toEqual([1, 2, 1])
})

it('a high limit is dealt out in tenths of a second', async () => {
  const clock = new ManualClock()
  const limit = new RateLimit(clock, 1000)
  let ran = 0
  const runner = {
    resume() {
      while (limit.allows(runner)) {
        limit.count()
        ran += 1
      }
    },
  }
  runner.resume()
  expect(ran).toBe(100)
  await clock.advance(900)
  expect(ran).toBe(1000)
})

it('a limit that several share keeps none of them waiting for ever', async () => {
  const clock = new ManualClock()
  const limit = new RateLimit(clock, 2, true)
  const order: string[] = []
  const busy = ['a', 'b', 'c'].map(name => {
    const runner = {
      resume() {
        while (limit.allows(runner)) {
          limit.count()
          order.push(name)
        }
      },
    }
    return runner
  })
  for (const each of busy) each.resume()
  await clock.advance(5000)
  expect(order.join('')).toBe('aaaabbccaabb')
  for (const each of busy) limit.leave(each)
  expect(clock.pending).toBe(0)
})

it('a session that begins counts where a limit is shared, and is one input with its first command', () => {
  const clock = new ManualClock()
  const waiting = { resume: () => {} }
  const [shared, own] = [new RateLimit(clock, 2, true), new RateLimit(clock, 1)]
  expect([shared.admits(waiting), shared.admits(waiting), shared.admits(waiting)]).toEqual([true, true, false])
  shared.beginsWithCommand()
  expect(shared.allows(waiting)).toBe(true)
  expect([own.admits(waiting), own.admits(waiting), own.allows(waiting)]).toEqual([true, true, true])
})
