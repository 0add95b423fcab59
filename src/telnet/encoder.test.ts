import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeBytes,
  encodeCommand,
  encodeLines,
  encodeNegotiation,
  encodeReturns,
  encodeSubnegotiation,
  encodeText,
} from './encoder.ts'
import { wire } from './wire.suite.ts'

describe('text for the wire', () => {
  it.each([
    ['plain', 'plain', 'plain'],
    ['one\ntwo\n', 'one\r\ntwo\r\n', 'one\r\ntwo\r\n'],
    ['one\r\ntwo', 'one\r\ntwo', 'one\r\ntwo'],
    ['50%\r60%', '50%\r\x0060%', '50%\r60%'],
    ['a\r\nb\rc\nd\r', 'a\r\nb\r\0c\r\nd\r\0', 'a\r\nb\rc\r\nd\r'],
    ['\r\r\n\n', '\r\0\r\n\r\n', '\r\r\n\r\n'],
  ])('%j becomes %j, in BINARY %j', (text, plain, binary) => {
    expect(encodeText(text, false)).toBe(plain)
    expect(encodeText(text, true)).toBe(binary)
    expect(inBytes(text, false)).toBe(plain)
    expect(inBytes(text, true)).toBe(binary)
  })

  it('much of it is encoded in its bytes as it is in the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('', 'short', 'x'.repeat(100), '\r', '日本'),
    )
    const end = fc.constantFrom('\n', '\n', '\r\n', '\r', '')
    const text = fc.array(fc.tuple(line, end), { maxLength: 60 }).map(lines => lines.flat().join(''))
    fc.assert(
      fc.property(text, fc.boolean(), (written, binary) => {
        expect(inBytes(written, binary)).toBe(encodeText(written, binary))
      }),
    )
  })

  it.each([
    ['short lines', 'a\n'.repeat(500)],
    ['long lines', `${'x'.repeat(100)}\n`.repeat(50)],
    ['a long line, and many empty ones', `${'x'.repeat(1000)}${'\n'.repeat(1000)}`],
    ['empty ones, and a long line', `${'\n'.repeat(1000)}${'x'.repeat(1000)}`],
  ])('%s need no more room than they come to', (_, text) =>
    expect(inBytes(text, false)).toBe(text.replaceAll('\n', '\r\n')),
  )
})

/** With no byte to spare between where the text is and where it comes to. */
function inBytes(text: string, binary: boolean): string {
  const before = 'before'
  const raw = Buffer.from(encodeReturns(text, binary))
  const room = before.length + raw.filter(byte => byte === 10).length
  const memory = Buffer.alloc(room + raw.length, '?')
  memory.write(before)
  memory.set(raw, room)
  const end = encodeLines(memory, room, memory.length, before.length)
  expect([end, memory.toString('utf8', 0, before.length)]).toEqual([memory.length, before])
  return memory.toString('utf8', before.length)
}

describe('bytes for the wire', () => {
  it.each([
    [wire('a', 255, 'b'), wire('a', 255, 255, 'b')],
    [wire(255), wire(255, 255)],
    [wire(255, 255, 0), wire(255, 255, 255, 255, 0)],
    [wire('a\r\n\0', 255), wire('a\r\n\0', 255, 255)],
  ])('%j: IAC is doubled and nothing else is touched', (bytes, encoded) => expect(encodeBytes(bytes)).toEqual(encoded))

  it('are the same array when there is nothing to double', () => {
    const bytes = wire('plain')
    expect(encodeBytes(bytes)).toBe(bytes)
  })

  it('of the protocol', () => {
    expect(encodeCommand(249)).toEqual(wire(255, 249))
    expect(encodeNegotiation(251, 1)).toEqual(wire(255, 251, 1))
    expect(encodeSubnegotiation(31, wire(0, 255))).toEqual(wire(255, 250, 31, 0, 255, 255, 255, 240))
  })
})
