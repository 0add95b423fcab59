import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_V1_BYTES, LONGEST_V2_BYTES, readProxyHeader } from './proxy-header.ts'

const V2 = '0d0a0d0a000d0a515549540a'
const TCP4 = `${V2}2111000cc0000201cb00710901bb0017`
const TCP6 = `${V2}2121002420010db800000000000000000000000120010db800000000000000000000000204d20017`

const hex = (text: string) => Buffer.from(text, 'hex')
const text = (line: string) => Buffer.from(line, 'latin1')

describe('the header of the PROXY protocol', () => {
  const whole: [string, Buffer, object | undefined][] = [
    [
      'version 1, IPv4',
      text('PROXY TCP4 192.0.2.1 203.0.113.9 443 23\r\n'),
      { address: '192.0.2.1', port: 443, localAddress: '203.0.113.9', localPort: 23 },
    ],
    [
      'version 1, IPv6',
      text('PROXY TCP6 2001:db8::1 2001:db8::2 1234 23\r\n'),
      { address: '2001:db8::1', port: 1234, localAddress: '2001:db8::2', localPort: 23 },
    ],
    ['version 1, unknown', text('PROXY UNKNOWN\r\n'), undefined],
    ['version 1, unknown, with addresses all the same', text('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), undefined],
    ['version 2, IPv4', hex(TCP4), { address: '192.0.2.1', port: 443, localAddress: '203.0.113.9', localPort: 23 }],
    [
      'version 2, IPv6',
      hex(TCP6),
      { address: '2001:db8:0:0:0:0:0:1', port: 1234, localAddress: '2001:db8:0:0:0:0:0:2', localPort: 23 },
    ],
    [
      'version 2 with additions',
      hex(`${V2}21110010c0000201cb00710901bb001704000101`),
      { address: '192.0.2.1', port: 443, localAddress: '203.0.113.9', localPort: 23 },
    ],
    ['version 2 over a Unix socket', hex(`${V2}213100d8${'00'.repeat(216)}`), undefined],
  ]

  it.each(whole)('%s is read, whatever follows, and not before it is whole', (_, header, proxied) => {
    const expected = { type: 'header', length: header.length, ...(proxied && { proxied }) }
    expect(readProxyHeader(header)).toEqual(expected)
    expect(readProxyHeader(Buffer.concat([header, Buffer.from('joe\r\n')]))).toEqual(expected)
    for (let length = 0; length < header.length; length++) {
      expect(readProxyHeader(header.subarray(0, length))).toEqual({ type: 'incomplete' })
    }
  })

  it.each<[string, Buffer]>([
    ['a telnet client', text('\xff\xfd\x03')],
    ['a user', text('joe\r\n')],
    ['another protocol', text('PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n')],
    ['a bad address', text('PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n')],
    ['an address of the other family', text('PROXY TCP4 ::1 ::2 1 2\r\n')],
    ['a port too high', text('PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n')],
    ['a port with a zero before it', text('PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n')],
    ['too few words', text('PROXY TCP4 192.0.2.1\r\n')],
    ['too many words', text('PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n')],
    ['a line without end', text(`PROXY TCP4 ${'1'.repeat(LONGEST_V1_BYTES)}`)],
    ['version 3', hex(`${V2}31110000`)],
    ['an unknown command', hex(`${V2}22110000`)],
    ['addresses that do not fit', hex(`${V2}2111000bc0000201cb00710901bb00`)],
    ['a length beyond the cap', hex(`${V2}2111${(LONGEST_V2_BYTES + 1).toString(16).padStart(4, '0')}`)],
  ])('%s is no header', (_, bytes) => {
    expect(readProxyHeader(bytes)).toEqual({ type: 'invalid' })
  })

  it('tells when the proxy speaks for itself', () => {
    const check = hex(`${V2}2000000401020304`)
    expect(readProxyHeader(check)).toEqual({ type: 'check' })
    expect(readProxyHeader(check.subarray(0, -1))).toEqual({ type: 'incomplete' })
  })

  it('is never longer than what has come, and never thrown at', () => {
    const beginnings = whole.map(([, header]) => header)
    const bytes = fc.tuple(
      fc.constantFrom(...beginnings, Buffer.alloc(0)),
      fc.nat(40),
      fc.uint8Array({ maxLength: 64 }),
    )
    fc.assert(
      fc.property(bytes, ([beginning, kept, rest]) => {
        const all = Buffer.concat([beginning.subarray(0, kept), rest])
        const header = readProxyHeader(all)
        if (header.type === 'header') expect(header.length).toBeLessThanOrEqual(all.length)
      }),
    )
  })
})
