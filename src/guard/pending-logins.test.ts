import { describe, expect, it } from 'vitest'
import { WaitingRoom } from './waiting-room.ts'

describe('those who wait to log in', () => {
  it('are as many from one address as the limit says', () => {
    const room = new WaitingRoom<number>({ inAll: 100, perAddress: 3 })
    expect([1, 2, 3].map(guest => room.admit(guest, '192.0.2.1'))).toEqual([
      { instead: undefined },
      { instead: undefined },
      { instead: undefined },
    ])
    expect(room.admit(4, '192.0.2.1')).toBe('refused')
    expect(room.admit(5, '192.0.2.2')).toEqual({ instead: undefined })
    room.leave(2)
    expect(room.admit(6, '192.0.2.1')).toEqual({ instead: undefined })
  })

  it('make room, the oldest of the fullest network first, for whoever comes from elsewhere', () => {
    const room = new WaitingRoom<string>({ inAll: 4, perAddress: 3 })
    room.admit('quiet', '198.51.100.1')
    for (const guest of ['a', 'b', 'c']) room.admit(guest, '192.0.2.1')
    expect(room.admit('user', '203.0.113.1')).toEqual({ instead: 'a' })
    expect(room.size).toBe(4)
  })

  it('make room among themselves where each comes from elsewhere', () => {
    const room = new WaitingRoom<number>({ inAll: 100, perAddress: 20 })
    const gone = Array.from({ length: 1000 }, (_, guest) => room.admit(guest, `10.0.${guest >> 8}.${guest & 255}`))
    expect(room.size).toBe(100)
    expect(gone.slice(100)).toEqual(Array.from({ length: 900 }, (_, guest) => ({ instead: guest })))
  })

  it('leave once, and leave nothing behind', () => {
    const room = new WaitingRoom<number>({ inAll: 2, perAddress: 2 })
    room.admit(1, '192.0.2.1')
    room.leave(1)
    room.leave(1)
    room.leave(9)
    expect(room.size).toBe(0)
  })

  it('make room in the fullest site, and there in its fullest network', () => {
    const room = new WaitingRoom<string>({ inAll: 5, perAddress: 3 })
    room.admit('quiet', '2001:db8:a::1')
    room.admit('elsewhere', '198.51.100.1')
    for (const [i, network] of ['1', '2', '2'].entries()) room.admit(`flood ${i}`, `2001:db8:b:${network}::1`)
    expect(room.admit('user', '203.0.113.1')).toEqual({ instead: 'flood 1' })
    expect(room.size).toBe(5)
  })

  it('are four times as many from a /56 of IPv6, and sixteen times as many from a /48', () => {
    const come = (addressOf: (i: number) => string) => {
      const room = new WaitingRoom<number>({ inAll: 1000, perAddress: 2 })
      return Array.from({ length: 100 }, (_, i) => room.admit(i, addressOf(i))).filter(each => each !== 'refused')
        .length
    }
    expect(come(i => `2001:db8::${i}`)).toBe(2)
    expect(come(i => `2001:db8:0:${i.toString(16)}::1`)).toBe(8)
    expect(come(i => `2001:db8:0:${i.toString(16).padStart(2, '0')}00::1`)).toBe(32)
    expect(come(i => `2001:db8:${i.toString(16)}::1`)).toBe(100)
  })
})
