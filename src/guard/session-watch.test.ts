import { describe, expect, it } from 'vitest'
import { SessionWatch } from './session-watch.ts'
import type { WatchLimits } from './session-watch.ts'

const watchWith = (limits: Partial<WatchLimits>) =>
  new SessionWatch(
    { idleTimeout: Infinity, idleWarning: 0, sessionTimeout: Infinity, writeTimeout: Infinity, ...limits },
    0,
  )
const reading = { reading: true, typedAt: 0, queued: 0, written: 0 }
const busy = { ...reading, reading: false }

describe('the watch of a session', () => {
  it.each(['idleTimeout', 'sessionTimeout'] as const)('ends it at its %s, and not before', limit => {
    const reason = { idleTimeout: 'idle', sessionTimeout: 'session time' }[limit]
    const watch = watchWith({ [limit]: 100_000 })
    expect(watch.next).toBe(100_000)
    expect(watch.look(99_999, reading)).toBeUndefined()
    expect(watch.look(100_000, reading)).toBe(reason)
    expect(watch.look(100_001, reading)).toBe(reason)
  })

  it('warns once before the idle time is over, and again when the user has typed and fallen asleep anew', () => {
    const watch = watchWith({ idleTimeout: 100_000, idleWarning: 30_000 })
    expect(watch.next).toBe(70_000)
    expect(watch.look(69_999, reading)).toBeUndefined()
    expect(watch.look(70_000, reading)).toBe('warn')
    expect(watch.next).toBe(100_000)
    expect(watch.look(70_001, reading)).toBeUndefined()
    const typed = { ...reading, typedAt: 90_000 }
    expect(watch.look(159_999, typed)).toBeUndefined()
    expect(watch.look(160_000, typed)).toBe('warn')
    expect(watch.look(190_000, typed)).toBe('idle')
  })

  it.each([0, Infinity])('does not warn where the warning is switched off by %d', idleWarning => {
    const watch = watchWith({ idleTimeout: 100_000, idleWarning })
    expect(watch.next).toBe(100_000)
    expect(watch.look(99_999, reading)).toBeUndefined()
    expect(watch.look(100_000, reading)).toBe('idle')
  })

  it('counts no time as idle in which a command runs', () => {
    const watch = watchWith({ idleTimeout: 100_000 })
    expect(watch.look(100_000, busy)).toBeUndefined()
    expect(watch.look(199_999, reading)).toBeUndefined()
    expect(watch.look(200_000, reading)).toBe('idle')
  })

  it('ends it when its peer has taken nothing for the whole time, and not before', () => {
    const watch = watchWith({ writeTimeout: 10_000 })
    const stalled = { ...busy, queued: 500, written: 700 }
    expect(watch.next).toBe(Infinity)
    expect(watch.startStall(5000, stalled)).toBe(true)
    expect(watch.startStall(6000, stalled)).toBe(false)
    expect(watch.next).toBe(15_000)
    expect(watch.look(14_999, stalled)).toBeUndefined()
    expect(watch.look(15_000, stalled)).toBe('write stall')
  })

  it('does not take a slow peer for a stalled one, whatever is written meanwhile', () => {
    const watch = watchWith({ writeTimeout: 10_000 })
    watch.startStall(0, { ...busy, queued: 500, written: 500 })
    expect(watch.look(10_000, { ...busy, queued: 899, written: 900 })).toBeUndefined()
    expect(watch.next).toBe(20_000)
    expect(watch.look(20_000, { ...busy, queued: 999, written: 1000 })).toBe('write stall')
  })

  it('lets a peer be that has caught up', () => {
    const watch = watchWith({ writeTimeout: 10_000 })
    watch.startStall(0, { ...busy, queued: 500, written: 500 })
    expect(watch.look(10_000, { ...busy, queued: 0, written: 500 })).toBeUndefined()
    expect(watch.next).toBe(Infinity)
    expect(watch.startStall(11_000, { ...busy, queued: 5, written: 505 })).toBe(true)
  })

  it('gives a peer 30 seconds for what was written before the end, though it does take it', () => {
    const watch = watchWith({ writeTimeout: 120_000 })
    watch.startStall(0, { ...busy, queued: 500, written: 500 })
    watch.startLinger(1000)
    expect(watch.next).toBe(31_000)
    expect(watch.look(30_999, { ...busy, queued: 10, written: 500 })).toBeUndefined()
    expect(watch.look(31_000, { ...busy, queued: 5, written: 500 })).toBe('write stall')
  })
})
