import { describe, expect, it } from 'vitest'
import { MOST_RANGES, matchesAddress, matchesRanges, plainAddress } from './restrictions.ts'

describe('from=', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.10', false],
    ['192.0.2.0/24', '192.0.2.200', true],
    ['192.0.2.0/24', '192.0.3.1', false],
    ['0.0.0.0/0', '203.0.113.5', true],
    ['192.0.2.?', '192.0.2.7', true],
    ['192.0.2.?', '192.0.2.77', false],
    ['192.0.*', '192.0.255.1', true],
    ['192.0.*', '193.0.2.1', false],
    ['*', '::1', true],
    ['2001:db8::/32', '2001:db8:1::5', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:DB8::1', '2001:db8:0:0::1', true],
    ['192.0.2.0/24,198.51.100.7', '198.51.100.7', true],
    ['*,!192.0.2.9', '192.0.2.8', true],
    ['*,!192.0.2.9', '192.0.2.9', false],
    ['!192.0.2.9', '192.0.2.8', false],
    ['localhost', '127.0.0.1', false],
    ['*.example.com', '192.0.2.1', false],
    ['192.0.2.0/33', '192.0.2.1', false],
    ['192.0.2.0/', '192.0.2.1', false],
    ['192.0.2.0/-1', '192.0.2.1', false],
    ['192.0.2.0/24', '::1', false],
    ['', '192.0.2.1', false],
    ['*', '', true],
  ])('%s against %s: %s', (list, address, matches) => {
    expect(matchesAddress(list, address)).toBe(matches)
  })
})

describe('source-address', () => {
  it.each([
    ['192.0.2.0/24,2001:db8::/32', '2001:db8::9', true],
    ['192.0.2.0/24', '192.0.3.9', false],
    ['*', '192.0.2.9', false],
  ])('%s against %s: %s', (ranges, address, matches) => {
    expect(matchesRanges(ranges, address)).toBe(matches)
  })

  it('of more ranges than are looked at matches nobody', () => {
    const ranges = (count: number): string => '192.0.2.9,'.repeat(count).slice(0, -1)
    expect(matchesRanges(ranges(MOST_RANGES), '192.0.2.9')).toBe(true)
    expect(matchesRanges(ranges(MOST_RANGES + 1), '192.0.2.9')).toBe(false)
  })
})

it('an IPv4 address that came through an IPv6 socket is one', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(plainAddress('::ffff:0:1')).toBe('::ffff:0:1')
})
