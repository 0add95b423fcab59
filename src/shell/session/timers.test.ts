import { describe, expect, it, vi } from 'vitest'
import { LONGEST_TIMER_MS } from '../../core/time/clock.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { Timers } from './timers.ts'

function timers() {
  const clock = new ManualClock()
  const fault = vi.fn()
  return { clock, fault, timers: new Timers(clock, fault) }
}

describe('a session’s timers', () => {
  it('run once after a time, unless called off', async () => {
    const { clock, timers: it } = timers()
    const [one, other] = [vi.fn(), vi.fn()]
    it.after(100, one)
    it.after(100, other)()
    await clock.advance(99)
    expect(one).not.toHaveBeenCalled()
    await clock.advance(1000)
    expect(one).toHaveBeenCalledOnce()
    expect(other).not.toHaveBeenCalled()
  })

  it('are right beyond 2^31 ms, where a platform’s own would fire at once', async () => {
    const { clock, timers: it } = timers()
    const run = vi.fn()
    const days = 60 * 24 * 3600 * 1000
    it.after(days, run)
    await clock.advance(LONGEST_TIMER_MS)
    await clock.advance(days - LONGEST_TIMER_MS - 1)
    expect(run).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(run).toHaveBeenCalledOnce()
    it.after(days, run)()
    it.after(Infinity, run)
    await clock.advance(2 * days)
    expect(run).toHaveBeenCalledOnce()
  })

  it('repeat without drifting, and never overtake a run that takes long', async () => {
    const { clock, timers: it } = timers()
    const starts: number[] = []
    const stop = it.every(100, async () => {
      starts.push(clock.now())
      if (starts.length === 2) await new Promise<void>(resolve => clock.after(250, resolve))
    })
    await clock.advance(750)
    expect(starts).toEqual([100, 200, 450, 550, 650, 750])
    stop()
    await clock.advance(1000)
    expect(starts).toHaveLength(6)
  })

  it('hand on what they throw or reject with', async () => {
    const { clock, fault, timers: it } = timers()
    it.after(1, () => {
      throw new Error('thrown')
    })
    it.after(1, () => Promise.reject(new Error('rejected')))
    await clock.advance(1)
    expect(fault.mock.calls.map(([error]) => (error as Error).message)).toEqual(['thrown', 'rejected'])
  })

  it('are gone when they are closed, and none begin after', async () => {
    const { clock, timers: it } = timers()
    const run = vi.fn()
    it.after(10, run)
    it.every(10, run)
    it.close()
    it.after(10, run)
    it.every(10, run)
    expect(clock.pending).toBe(0)
    await clock.advance(100)
    expect(run).not.toHaveBeenCalled()
  })
})
