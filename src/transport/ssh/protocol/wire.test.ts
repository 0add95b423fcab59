import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { mpint, WireReader, WireWriter } from './wire.ts'

describe('what is written is read', () => {
  it('whatever it holds', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.boolean(), fc.nat(2 ** 32 - 1), fc.uint8Array(), fc.string(), (a, b, c, d, e) => {
        const bytes = new WireWriter().byte(a).boolean(b).uint32(c).string(d).string(e).bytes()
        const reader = new WireReader(bytes)
        expect([reader.byte(), reader.boolean(), reader.uint32()]).toEqual([a, b, c])
        expect(Buffer.compare(reader.string(), d)).toBe(0)
        expect(reader.text()).toBe(Buffer.from(e).toString())
        expect(reader.complete).toBe(true)
      }),
    )
  })

  it('64 bits and lists of names too', () => {
    const bytes = new WireWriter().uint32(0xfffffffe).uint32(0xffffffff).names(['a', 'b-c']).names([]).bytes()
    const reader = new WireReader(bytes)
    expect(reader.uint64()).toBe(0xfffffffeffffffffn)
    expect([reader.names(), reader.names()]).toEqual([['a', 'b-c'], []])
  })
})

describe('what is cut short', () => {
  const whole = new WireWriter().byte(1).uint32(7).string('hello').bytes()

  it.each(Array.from({ length: whole.length }, (_, length) => length))(
    'at %i bytes is noticed, and does not throw',
    length => {
      const reader = new WireReader(whole.subarray(0, length))
      reader.byte()
      reader.uint32()
      reader.string()
      expect(reader.ok).toBe(false)
      expect([reader.uint32(), reader.text(), reader.rest().length]).toEqual([0, '', 0])
    },
  )

  it('is noticed where a length is beyond all bytes: 2^31, 2^32 - 1', () => {
    for (const length of [2 ** 31, 2 ** 32 - 1]) {
      const reader = new WireReader(new WireWriter().uint32(length).byte(0).bytes())
      expect(reader.string().length).toBe(0)
      expect(reader.ok).toBe(false)
    }
  })
})

describe('a positive number', () => {
  it.each([
    ['00', ''],
    ['7f', '7f'],
    ['80', '0080'],
    ['09a378f9b2e332a7', '09a378f9b2e332a7'],
    ['0000 7f80', '7f80'],
    ['0000 8000', '008000'],
    ['ff00', '00ff00'],
  ])('of the bytes %s is written as %s (RFC 4251 section 5)', (bytes, written) => {
    expect(mpint(Buffer.from(bytes.replaceAll(' ', ''), 'hex')).toString('hex')).toBe(written)
  })
})
