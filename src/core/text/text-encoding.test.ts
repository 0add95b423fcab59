import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PIPE_TEXT, TERMINAL_TEXT, TerminalEncoding, type TextEncoding } from './text-encoding.ts'

const NVT = new TerminalEncoding('\r\0')

describe('text for a terminal', () => {
  it.each([
    ['plain', 'plain', 'plain'],
    ['one\ntwo\n', 'one\r\ntwo\r\n', 'one\r\ntwo\r\n'],
    ['one\r\ntwo', 'one\r\ntwo', 'one\r\ntwo'],
    ['50%\r60%', '50%\r\x0060%', '50%\r60%'],
    ['a\r\nb\rc\nd\r', 'a\r\nb\r\0c\r\nd\r\0', 'a\r\nb\rc\r\nd\r'],
    ['\r\r\n\n', '\r\0\r\n\r\n', '\r\r\n\r\n'],
  ])('%j becomes %j, for a terminal that needs no NUL %j', (text, plain, binary) => {
    expect(NVT.encodeText(text)).toBe(plain)
    expect(TERMINAL_TEXT.encodeText(text)).toBe(binary)
    expect(inBytes(text, NVT)).toBe(plain)
    expect(inBytes(text, TERMINAL_TEXT)).toBe(binary)
  })

  it('much of it is encoded in its bytes as it is in the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('', 'short', 'x'.repeat(100), '\r', '日本'),
    )
    const end = fc.constantFrom('\n', '\n', '\r\n', '\r', '')
    const text = fc.array(fc.tuple(line, end), { maxLength: 60 }).map(lines => lines.flat().join(''))
    fc.assert(
      fc.property(text, fc.constantFrom(NVT, TERMINAL_TEXT, PIPE_TEXT), (written, encoding) => {
        expect(inBytes(written, encoding)).toBe(encoding.encodeText(written))
      }),
    )
  })

  it.each([
    ['short lines', 'a\n'.repeat(500)],
    ['long lines', `${'x'.repeat(100)}\n`.repeat(50)],
    ['a long line, and many empty ones', `${'x'.repeat(1000)}${'\n'.repeat(1000)}`],
    ['empty ones, and a long line', `${'\n'.repeat(1000)}${'x'.repeat(1000)}`],
  ])('%s need no more room than they come to', (_, text) =>
    expect(inBytes(text, NVT)).toBe(text.replaceAll('\n', '\r\n')),
  )
})

/** Encodes with no byte to spare between source and target. */
function inBytes(text: string, encoding: TextEncoding): string {
  const before = 'before'
  const raw = Buffer.from(encoding.encodeReturns(text))
  const room = before.length + raw.filter(byte => byte === 10).length
  const memory = Buffer.alloc(room + raw.length, '?')
  memory.write(before)
  memory.set(raw, room)
  const end = encoding.encodeLines(memory, room, memory.length, before.length)
  const length = encoding === PIPE_TEXT ? before.length + raw.length : memory.length
  expect([end, memory.toString('utf8', 0, before.length)]).toEqual([length, before])
  return memory.toString('utf8', before.length, end)
}
