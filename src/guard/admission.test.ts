import { describe, expect, it } from 'vitest'
import { AdmissionControl, ADDRESSES_REMEMBERED } from './admission.ts'
import { chooseLimits } from './limits.ts'
import type { ServerLimits } from './limits.ts'

/** An admission control whose clock is turned by hand. */
function doorWith(limits: ServerLimits, rules: { denied?: string; exempt?: string } = {}) {
  const time = { now: 0 }
  const admission = new AdmissionControl(
    chooseLimits(
      {
        maxConnectsPerSecond: Infinity,
        maxUnauthenticatedPerAddress: Infinity,
        maxUnauthenticated: Infinity,
        ...limits,
      },
      () => true,
    ),
    { allowed: address => address !== rules.denied, exempt: address => address === rules.exempt },
    () => time.now,
  )
  const displaced: string[] = []
  const come = (address?: string, name = '') => {
    const place = admission.admit(address)
    if (typeof place === 'object') place.evictable = { abort: reason => displaced.push(`${name} ${reason}`) }
    return place
  }
  /** Returns what becomes of `count` connections from an address. */
  const crowd = (count: number, address: string) =>
    Array.from({ length: count }, () => come(address)).map(answer => (typeof answer === 'string' ? answer : 'in'))
  return { admission, come, crowd, displaced, time }
}

const LIMIT = 3

describe('admission', () => {
  it.each<[keyof ServerLimits, string]>([
    ['maxConnectionsPerAddress', '192.0.2.1'],
    ['maxConnectsPerSecond', '192.0.2.1'],
    ['maxUnauthenticatedPerAddress', '192.0.2.1'],
  ])('refuses what is beyond %s, and no sooner; others get in', (limit, address) => {
    for (const count of [LIMIT - 1, LIMIT]) {
      expect(doorWith({ [limit]: LIMIT }).crowd(count, address)).toEqual(Array(count).fill('in'))
    }
    const door = doorWith({ [limit]: LIMIT })
    expect(door.crowd(LIMIT + 1, address)).toEqual(['in', 'in', 'in', limit])
    expect(door.crowd(1, '192.0.2.2')).toEqual(['in'])
  })

  it('refuses what is beyond the connections in all, from wherever they come', () => {
    const { crowd, come } = doorWith({ maxConnections: LIMIT })
    expect(crowd(LIMIT - 1, '192.0.2.1')).toEqual(['in', 'in'])
    expect(crowd(1, '192.0.2.2')).toEqual(['in'])
    expect(crowd(1, '192.0.2.3')).toEqual(['maxConnections'])
    expect(come()).toBe('maxConnections')
  })

  it('counts a /64 of IPv6 as one address, and an IPv4 address as itself however it is written', () => {
    const { crowd } = doorWith({ maxConnectionsPerAddress: 2 })
    expect([...crowd(1, '2001:db8::1'), ...crowd(1, '2001:db8:0:0:ffff::2'), ...crowd(1, '2001:DB8::3')]).toEqual([
      'in',
      'in',
      'maxConnectionsPerAddress',
    ])
    expect(crowd(1, '2001:db8:0:1::1')).toEqual(['in'])
    expect([...crowd(1, '192.0.2.1'), ...crowd(2, '::ffff:192.0.2.1')]).toEqual([
      'in',
      'in',
      'maxConnectionsPerAddress',
    ])
  })

  it.each<keyof ServerLimits>(['maxConnectionsPerAddress', 'maxConnectsPerSecond', 'maxUnauthenticatedPerAddress'])(
    'lets in four times %s from a /56 of IPv6, sixteen times from a /48, and forgets who leaves',
    limit => {
      const { admission, come } = doorWith({ [limit]: 2 })
      const places = Array.from({ length: 256 }, (_, i) => come(`2001:db8:0:${i.toString(16)}::1`))
      expect(places.filter(place => typeof place === 'object')).toHaveLength(8)
      const more = Array.from({ length: 256 }, (_, i) => come(`2001:db8:0:${i.toString(16)}ff::1`))
      expect([...places, ...more].filter(place => typeof place === 'object')).toHaveLength(32)
      expect(come('2001:db8:1::1')).toMatchObject({ type: 'admitted' })
      for (const place of [...places, ...more]) if (typeof place === 'object') place.release()
      expect([admission.size, admission.unauthenticated]).toEqual([1, 1])
    },
  )

  it('keeps users in who wait alone in their networks, when one site comes from all of its own', () => {
    const { come, displaced, time } = doorWith({
      maxConnectsPerSecond: 20,
      maxUnauthenticated: 100,
      maxUnauthenticatedPerAddress: 20,
    })
    for (let user = 1; user <= 5; user++) come(`2001:db8:${user}::1`, `user ${user}`)
    for (let i = 0; i < 65_536; i++) {
      time.now += 3
      come(`2001:db8:bad:${i.toString(16)}::1`, 'flood')
    }
    expect(displaced.length).toBeGreaterThan(1000)
    expect(displaced.filter(each => each.startsWith('user'))).toEqual([])
  })

  it('does not count for a site what one machine of it is refused', () => {
    const { crowd } = doorWith({ maxConnectsPerSecond: 2 })
    expect(crowd(1000, '2001:db8::1').filter(each => each === 'in')).toHaveLength(2)
    expect(crowd(1, '2001:db8:0:1::1')).toEqual(['in'])
  })

  it('remembers others while a whole site connects without end', () => {
    const { come, crowd } = doorWith({ maxConnectsPerSecond: 1, maxConnections: Infinity })
    expect(crowd(1, '192.0.2.1')).toEqual(['in'])
    for (let i = 0; i < ADDRESSES_REMEMBERED * 2; i++) come(`2001:db8:bad:${i.toString(16)}::1`)
    expect(crowd(1, '192.0.2.1')).toEqual(['maxConnectsPerSecond'])
  })

  it('gives a place back when its guest leaves, once', () => {
    const { admission, come } = doorWith({
      maxConnections: 2,
      maxConnectionsPerAddress: 1,
      maxUnauthenticatedPerAddress: 1,
    })
    const first = come('192.0.2.1')
    expect(come('192.0.2.1')).toBe('maxConnectionsPerAddress')
    if (typeof first !== 'string') {
      first.release()
      first.release()
    }
    expect([admission.size, admission.unauthenticated]).toEqual([0, 0])
    expect(come('192.0.2.1')).toMatchObject({ type: 'admitted' })
    expect([admission.size, admission.unauthenticated]).toEqual([1, 1])
  })

  it('counts those who have logged in no longer among those who have not', () => {
    const { admission, come } = doorWith({ maxUnauthenticatedPerAddress: 1 })
    const first = come('192.0.2.1')
    expect(come('192.0.2.1')).toBe('maxUnauthenticatedPerAddress')
    if (typeof first !== 'string') first.loggedIn()
    expect(come('192.0.2.1')).toMatchObject({ type: 'admitted' })
    expect([admission.size, admission.unauthenticated]).toEqual([2, 1])
  })

  it('lets whoever comes have the place of the oldest of the fullest address, where too many wait to log in', () => {
    const { admission, come, displaced } = doorWith({ maxUnauthenticated: 3 })
    come('198.51.100.1', 'quiet')
    come('192.0.2.1', 'a')
    come('192.0.2.1', 'b')
    expect(displaced).toEqual([])
    come('203.0.113.1', 'user')
    expect(displaced).toEqual(['a displaced'])
    expect(admission.unauthenticated).toBe(3)
  })

  it('counts connects anew in each second, refused ones too', () => {
    const { crowd, time } = doorWith({ maxConnectsPerSecond: 2 })
    expect(crowd(3, '192.0.2.1')).toEqual(['in', 'in', 'maxConnectsPerSecond'])
    time.now = 999
    expect(crowd(1, '192.0.2.1')).toEqual(['maxConnectsPerSecond'])
    time.now = 1000
    expect(crowd(3, '192.0.2.1')).toEqual(['in', 'in', 'maxConnectsPerSecond'])
  })

  it('turns away those who are denied before it counts them', () => {
    const { admission, crowd } = doorWith({ maxConnections: 1 }, { denied: '192.0.2.66' })
    expect(crowd(2, '192.0.2.66')).toEqual(['denied', 'denied'])
    expect(admission.size).toBe(0)
  })

  it('does not count the exempt by address, but in all', () => {
    const limits = {
      maxConnections: 5,
      maxConnectionsPerAddress: 1,
      maxConnectsPerSecond: 1,
      maxUnauthenticatedPerAddress: 1,
    }
    const { crowd } = doorWith(limits, { exempt: '127.0.0.1' })
    expect(crowd(6, '127.0.0.1')).toEqual(['in', 'in', 'in', 'in', 'in', 'maxConnections'])
  })

  it('does not exempt loopback by itself', () => {
    expect(doorWith({ maxConnectionsPerAddress: 1 }).crowd(2, '127.0.0.1')).toEqual(['in', 'maxConnectionsPerAddress'])
  })

  it('remembers no more addresses than it may, and nobody who has left', () => {
    const { admission, come, crowd } = doorWith({ maxConnectsPerSecond: 1, maxConnections: Infinity })
    for (let i = 0; i <= ADDRESSES_REMEMBERED; i++) {
      const place = come(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
      if (typeof place !== 'string') place.release()
    }
    expect(admission.size).toBe(0)
    // The oldest was evicted, and not the newest.
    expect(crowd(1, '10.0.0.0')).toEqual(['in'])
    expect(crowd(1, `10.0.39.16`)).toEqual(['maxConnectsPerSecond'])
  })
})
