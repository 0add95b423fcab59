import { describe, expect, it } from 'vitest'
import { areRanges, faultOfAddresses, MOST_RANGES, matchesAddress, matchesRanges } from './address-list.ts'
import { bothOf } from './restrictions.ts'

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

  it('has ranges alone, and no more than are looked at', () => {
    const ranges = (count: number): string => '192.0.2.9/24,'.repeat(count).slice(0, -1)
    expect([ranges(MOST_RANGES), ranges(MOST_RANGES + 1)].map(areRanges)).toEqual([true, false])
    expect(['192.0.2.1,2001:db8::/32', '192.0.2.0/33', '192.0.2.*', '!192.0.2.1', ''].map(areRanges)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('a list that cannot be read', () => {
  it.each([
    '!192.0.2.0/33,*',
    '!192.0.2.300,*',
    '!192.0.2.0/,*',
    '!192.0.2,*',
    '!2001:db8::/129,*',
    '!evil.example.com,*',
    '!*.example.com,*',
    '!192.0.02.*,*',
    '!192.0.300.*,*',
    '!192.0.2.?.?,*',
    '!2001:db8:*,*',
    '!!192.0.2.1,*',
    '!,*',
    '192.0.2.0/33',
    '192.0.2.0/24/8',
    '192.0.2.300',
    '192.0.2.1,',
    '192.0.2.1;192.0.2.2',
    '',
  ])('has a fault: %s', list => expect(faultOfAddresses(list)).toBeTypeOf('string'))

  it.each([
    '*',
    '!192.0.2.0/24,*',
    '!192.0.2.7, 192.0.*',
    '!192.0.2.?,*',
    '!2001:db8::/32,!::ffff:192.0.2.1,*',
    'localhost,*.example.com,2001:db8:*',
  ])('is none of these: %s', list => expect(faultOfAddresses(list)).toBeUndefined())
})

describe('what a line and a certificate allow together', () => {
  it.each([
    [{ pty: true }, { pty: true }, { pty: true }],
    [{ pty: false }, { pty: true }, { pty: false }],
    [{ pty: true }, { pty: false }, { pty: false }],
    [{ pty: true, command: 'a' }, { pty: true }, { pty: true, command: 'a' }],
    [{ pty: true }, { pty: true, command: 'b' }, { pty: true, command: 'b' }],
    [
      { pty: true, command: 'a' },
      { pty: true, command: 'a' },
      { pty: true, command: 'a' },
    ],
    [{ pty: true, command: 'a' }, { pty: true, command: 'b' }, 'its command is another than the one of its authority'],
  ])('%j and %j: %j', (line, certificate, both) => expect(bothOf(line, certificate)).toEqual(both))
})

it.each(['::ffff:192.0.2.0/120', '::ffff:c000:201', '192.0.2.1'])(
  '%s is an IPv4 range, however it is written',
  range => {
    expect(matchesAddress(range, '192.0.2.1')).toBe(true)
    expect(matchesAddress(`!${range},*`, '192.0.2.1')).toBe(false)
    expect(matchesAddress(range, '2001:db8::1')).toBe(false)
  },
)
