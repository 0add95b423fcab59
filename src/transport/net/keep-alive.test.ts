import { describe, expect, it } from 'vitest'
import { Deadlines } from '../../core/time/deadlines.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { aKeepAlive, KEEP_ALIVE_MS, KeepAlive, keepAliveOf } from './keep-alive.ts'

describe('the option keepAliveInterval', () => {
  it('is 60 seconds by default, milliseconds, or false', () => {
    expect([undefined, 1000, 2 ** 40, Infinity, false].map(option => keepAliveOf(option as number))).toEqual([
      KEEP_ALIVE_MS,
      1000,
      2 ** 40,
      Infinity,
      Infinity,
    ])
  })

  it.each([0, 999, -1, Number.NaN, '60000', true, null])('cannot be %j', option => {
    expect(aKeepAlive(option)).toBe('it is false, or a number of milliseconds, 1000 or more')
  })
})

describe('signs of life', () => {
  it('come each so often, with one timer for all, until they are stopped', async () => {
    const clock = new ManualClock()
    const host = { clock, deadlines: new Deadlines(clock) }
    const times: number[] = []
    const all = Array.from({ length: 100 }, () => new KeepAlive(host, 60_000, { probe: () => times.push(clock.now()) }))
    expect(clock.pending).toBe(1)
    await clock.advance(150_000)
    expect(new Set(times)).toEqual(new Set([60_000, 120_000]))
    expect(times).toHaveLength(200)
    for (const each of all) each.stop()
    expect(clock.pending).toBe(0)
  })

  it('never come where they are switched off, and cost no timer', () => {
    const clock = new ManualClock()
    const host = { clock, deadlines: new Deadlines(clock) }
    const off = new KeepAlive(host, Infinity, { probe: () => {} })
    expect([off.dueAt, clock.pending]).toEqual([Infinity, 0])
  })
})
