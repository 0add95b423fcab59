import { BlockList, SocketAddress } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupsOf, plainAddress, plainRange } from './address.ts'

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:c000:201', '192.0.2.1'],
    ['0000:0000:0000:0000:0000:ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:0:1', '0.0.0.1'],
    ['::192.0.2.1', '::c000:201'],
    ['2001:DB8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['FE80:0::1%eth0', 'fe80::1%eth0'],
  ])('%s is %s', (written, plain) => {
    expect(plainAddress(written)).toBe(plain)
  })

  it.each(['/run/lobby.sock', 'C:\\pipe', '', 'localhost', ':::', '1::2::3', '1:2:3', '1:2:3:4:5:6:7:8:9', '::12345'])(
    '%j is none, and stays as it is',
    text => {
      expect(plainAddress(text)).toBe(text)
    },
  )

  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['::ffff:c000:0207', '192.0.2.7'],
    ['2001:DB8:0::/32', '2001:db8::/32'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', '::ffff:0:0/95'],
    ['::/0', '::/0'],
    ['example.org/24', 'example.org/24'],
    ['1/2/3', '1/2/3'],
  ])('in a range, %s is %s', (written, plain) => {
    expect(plainRange(written)).toBe(plain)
  })

  it.each(['::1.2.3', '::1.2.3.256', '::1.2.3.4.5', '::g', '1:2:3:4:5:6:7::8::'])('%s has no groups', text => {
    expect(groupsOf(text)).toBeUndefined()
  })

  it('is the same as before to the system, in whatever spelling it came, and has one text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), address => {
        const plain = plainAddress(address)
        const family = address.includes(':') ? 'ipv6' : 'ipv4'
        const list = new BlockList()
        list.addAddress(address, family)
        expect(list.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')).toBe(true)
        expect(plainAddress(plain)).toBe(plain)
        expect(plainAddress(plain.toUpperCase())).toBe(plain)
        // The system writes IPv4 within IPv6 with dots, in more places than the RFC does.
        if (plain.includes(':')) expect(plainAddress(new SocketAddress({ address, family }).address)).toBe(plain)
      }),
    )
  })
})
