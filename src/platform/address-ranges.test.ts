import { describe, expect, it } from 'vitest'
import { AddressRanges, isRange } from './address-ranges.ts'

describe('ranges of addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.200/25', '192.0.2.127', false],
    ['192.0.2.200/25', '192.0.2.128', true],
    ['192.0.2.200/25', '192.0.2.255', true],
    ['240.0.0.0/4', '255.255.255.255', true],
    ['192.0.2.0/24', '::ffff:192.0.2.7', true],
    ['::ffff:192.0.2.0/120', '192.0.2.7', true],
    ['::ffff:192.0.2.0/120', '0:0:0:0:0:ffff:c000:207', true],
    ['::ffff:192.0.2.0/120', '192.0.3.7', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::1', '::1', true],
    ['127.0.0.0/8', '/run/telnet.sock', false],
  ])('%s holds %s: %s', (range, address, holds) => {
    expect(new AddressRanges([range]).has(address)).toBe(holds)
  })

  it.each([
    '',
    'localhost',
    '192.0.2',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/-1',
    '2001:db8::/129',
    '::ffff:192.0.2.0/129',
    '::ffff:192.0.2.0/ 120',
    '1.2.3.4/8/8 ',
  ])('%j is none', text => {
    expect(isRange(text)).toBe(false)
    expect(() => new AddressRanges([text])).toThrow(RangeError)
  })
})
