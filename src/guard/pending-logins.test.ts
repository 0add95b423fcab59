import { describe, expect, it } from 'vitest'
import { PendingLogins } from './pending-logins.ts'

describe('those who wait to log in', () => {
  it('are as many from one address as the limit says', () => {
    const pending = new PendingLogins<number>({ inAll: 100, perAddress: 3 })
    expect([1, 2, 3].map(guest => pending.admit(guest, '192.0.2.1'))).toEqual([
      { evicted: undefined },
      { evicted: undefined },
      { evicted: undefined },
    ])
    expect(pending.admit(4, '192.0.2.1')).toBe('refused')
    expect(pending.admit(5, '192.0.2.2')).toEqual({ evicted: undefined })
    pending.remove(2)
    expect(pending.admit(6, '192.0.2.1')).toEqual({ evicted: undefined })
  })

  it('make room, the oldest of the fullest network first, for whoever comes from elsewhere', () => {
    const pending = new PendingLogins<string>({ inAll: 4, perAddress: 3 })
    pending.admit('quiet', '198.51.100.1')
    for (const guest of ['a', 'b', 'c']) pending.admit(guest, '192.0.2.1')
    expect(pending.admit('user', '203.0.113.1')).toEqual({ evicted: 'a' })
    expect(pending.size).toBe(4)
  })

  it('make room among themselves where each comes from elsewhere', () => {
    const pending = new PendingLogins<number>({ inAll: 100, perAddress: 20 })
    const gone = Array.from({ length: 1000 }, (_, guest) => pending.admit(guest, `10.0.${guest >> 8}.${guest & 255}`))
    expect(pending.size).toBe(100)
    expect(gone.slice(100)).toEqual(Array.from({ length: 900 }, (_, guest) => ({ evicted: guest })))
  })

  it('leave once, and leave nothing behind', () => {
    const pending = new PendingLogins<number>({ inAll: 2, perAddress: 2 })
    pending.admit(1, '192.0.2.1')
    pending.remove(1)
    pending.remove(1)
    pending.remove(9)
    expect(pending.size).toBe(0)
  })

  it('make room in the fullest site, and there in its fullest network', () => {
    const pending = new PendingLogins<string>({ inAll: 5, perAddress: 3 })
    pending.admit('quiet', '2001:db8:a::1')
    pending.admit('elsewhere', '198.51.100.1')
    for (const [i, network] of ['1', '2', '2'].entries()) pending.admit(`flood ${i}`, `2001:db8:b:${network}::1`)
    expect(pending.admit('user', '203.0.113.1')).toEqual({ evicted: 'flood 1' })
    expect(pending.size).toBe(5)
  })

  it('are four times as many from a /56 of IPv6, and sixteen times as many from a /48', () => {
    const come = (addressOf: (i: number) => string) => {
      const pending = new PendingLogins<number>({ inAll: 1000, perAddress: 2 })
      return Array.from({ length: 100 }, (_, i) => pending.admit(i, addressOf(i))).filter(each => each !== 'refused')
        .length
    }
    expect(come(i => `2001:db8::${i}`)).toBe(2)
    expect(come(i => `2001:db8:0:${i.toString(16)}::1`)).toBe(8)
    expect(come(i => `2001:db8:0:${i.toString(16).padStart(2, '0')}00::1`)).toBe(32)
    expect(come(i => `2001:db8:${i.toString(16)}::1`)).toBe(100)
  })
})
