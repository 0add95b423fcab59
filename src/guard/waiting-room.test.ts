import { describe, expect, it } from 'vitest'
import { networkOf } from './network.ts'
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
    room.leave(2, '192.0.2.1')
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
    room.leave(1, '192.0.2.1')
    room.leave(1, '192.0.2.1')
    room.leave(9, '192.0.2.9')
    expect(room.size).toBe(0)
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8::9', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is of the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
