import { describe, expect, it } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

describe('a token bucket', () => {
  it('lets a burst pass, then so many a second, and never saves more than a burst', () => {
    let now = 5000
    const limit = new TokenBucket({ burst: 3, perSecond: 2 }, () => now)
    const passed = () => Array.from({ length: 10 }, () => limit.take()).filter(Boolean).length
    expect(passed()).toBe(3)
    now += 499
    expect(passed()).toBe(0)
    now += 1
    expect(passed()).toBe(1)
    now += 1_000_000
    expect(passed()).toBe(3)
  })
})
