import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TICK_MS, TimerWheel } from './timer-wheel.ts'
import type { WheelItem } from './timer-wheel.ts'

interface Item extends WheelItem {
  readonly name: string
}
const item = (name: string): Item => ({ name, slot: undefined })
const names = (items: readonly Item[]) => items.map(({ name }) => name)

describe('the wheel', () => {
  it('gives what is due, not sooner, and not a tick later', () => {
    const wheel = new TimerWheel<Item>()
    wheel.schedule(item('a'), 2500)
    wheel.schedule(item('b'), 3000)
    wheel.schedule(item('c'), 3001)
    expect([1000, 2000, 3000, 4000].map(now => names(wheel.take(now)))).toEqual([[], [], ['a', 'b'], ['c']])
    expect(wheel.empty).toBe(true)
  })

  it('moves what is filed again, and forgets what is taken away or never due', () => {
    const wheel = new TimerWheel<Item>()
    const [a, b, c] = [item('a'), item('b'), item('c')]
    for (const each of [a, b, c]) wheel.schedule(each, 1000)
    wheel.schedule(a, 2000)
    wheel.schedule(b, Infinity)
    wheel.remove(c)
    wheel.remove(c)
    expect(names(wheel.take(1000))).toEqual([])
    expect(names(wheel.take(2000))).toEqual(['a'])
    expect(wheel.empty).toBe(true)
  })

  it('puts what was due long ago into the next tick, and makes up for ticks that were missed', () => {
    const wheel = new TimerWheel<Item>()
    wheel.take(10_000)
    wheel.schedule(item('late'), 5)
    wheel.schedule(item('later'), 14_000)
    expect(names(wheel.take(90_000))).toEqual(['late', 'later'])
  })

  it('says when the first is due, or sooner where that one is gone; never while it is empty', () => {
    const wheel = new TimerWheel<Item>()
    const [first, second] = [item('first'), item('second')]
    expect(wheel.next).toBe(Infinity)
    wheel.schedule(second, 7500)
    expect(wheel.next).toBe(8000)
    wheel.schedule(first, 2500)
    expect(wheel.next).toBe(3000)
    wheel.remove(first)
    expect(wheel.next).toBeLessThanOrEqual(8000)
    expect(wheel.take(wheel.next)).toEqual([])
    expect(wheel.next).toBe(8000)
    wheel.remove(second)
    expect(wheel.next).toBe(Infinity)
    wheel.schedule(first, 9000)
    wheel.schedule(second, 11_000)
    expect(names(wheel.take(9000))).toEqual(['first'])
    expect(wheel.next).toBe(11_000)
  })

  it('gives everything exactly once, at the tick of its time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 50 }), dues => {
        const wheel = new TimerWheel<Item>()
        dues.forEach(due => wheel.schedule(item(String(due)), due))
        const given: number[] = []
        for (let now = TICK_MS; now <= 20_000; now += TICK_MS) {
          for (const { name } of wheel.take(now)) {
            expect(Math.ceil(Number(name) / TICK_MS) * TICK_MS).toBe(now)
            given.push(Number(name))
          }
        }
        expect(given.sort((a, b) => a - b)).toEqual(dues.sort((a, b) => a - b))
        expect(wheel.empty).toBe(true)
      }),
    )
  })
})
