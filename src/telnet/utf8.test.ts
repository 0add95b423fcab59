import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Utf8Decoder } from './utf8.ts'
import { pieces, sizes, wire } from './wire.suite.ts'

const whole = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

function decode(bytes: Uint8Array, size: number): string {
  const decoder = new Utf8Decoder()
  const text = pieces(bytes, size).map(piece => decoder.decode(piece))
  return text.join('') + decoder.end()
}

/**
 * Bytes that are often part of a character, or nearly one: leads, their limits, continuations,
 * ASCII.
 */
const tricky = fc.constantFrom(
  0x00,
  0x0d,
  0x41,
  0x7f,
  0x80,
  0x8f,
  0x90,
  0x9f,
  0xa0,
  0xbf,
  0xc0,
  0xc1,
  0xc2,
  0xdf,
  0xe0,
  0xe2,
  0xed,
  0xef,
  0xf0,
  0xf1,
  0xf4,
  0xf5,
  0xff,
)

describe('UTF-8 in pieces', () => {
  it.each(['é', '日本', '👩‍👩‍👧', '\ufeffBOM', 'aé日👧z'])('%j is whole at every split', text => {
    const bytes = wire(text)
    for (const size of sizes(bytes)) expect(decode(bytes, size)).toBe(text)
  })

  it('is, at every split, what a TextDecoder makes of the whole, invalid bytes included', () => {
    const bytes = fc.array(fc.oneof(tricky, fc.nat(255)), { maxLength: 12 }).map(list => Uint8Array.from(list))
    fc.assert(
      fc.property(bytes, bytes => {
        for (const size of sizes(bytes)) expect(decode(bytes, size)).toBe(whole(bytes))
      }),
      { numRuns: 3000 },
    )
  })

  it('loses no byte after an invalid one', () => {
    expect(decode(wire(0xc3, 'a', 0xe2, 0x82, 'b', 0xff, 'c'), 1)).toBe('\ufffda\ufffdb\ufffdc')
  })

  it('hands on each character with its last byte', () => {
    const decoder = new Utf8Decoder()
    expect([...wire('é日')].map(byte => decoder.decode(Uint8Array.of(byte)))).toEqual(['', 'é', '', '', '日'])
  })

  it('keeps a copy: the chunk may be used again', () => {
    const decoder = new Utf8Decoder()
    const chunk = Buffer.from([0x61, 0xe2, 0x82])
    expect(decoder.decode(chunk)).toBe('a')
    chunk.fill(0)
    expect(decoder.decode(Uint8Array.of(0xac))).toBe('€')
  })

  it('makes an unfinished character U+FFFD at the end, once', () => {
    const decoder = new Utf8Decoder()
    decoder.decode(Uint8Array.of(0xf0, 0x9f, 0x91))
    expect(decoder.end()).toBe('\ufffd')
    expect(decoder.end()).toBe('')
  })
})
