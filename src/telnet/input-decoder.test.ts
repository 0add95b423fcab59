import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputDecoder } from './input-decoder.ts'
import { pieces, sizes, wire } from './wire.suite.ts'

function type(bytes: Uint8Array, size: number): string {
  const input = new InputDecoder()
  const text = pieces(bytes, size).map(piece => input.feed(piece))
  return text.join('') + input.finish()
}

describe('what was typed', () => {
  it.each([
    ['ls\r\n', 'ls\r', 'CR LF is one Enter'],
    ['ls\r\0', 'ls\r', 'CR NUL is one Enter'],
    ['ls\r', 'ls\r', 'a bare CR is Enter at once'],
    ['ls\n', 'ls\r', 'a lone LF is Enter'],
    ['\r\n\r\n', '\r\r', 'two lines'],
    ['\n\n', '\r\r', 'two lines'],
    ['\r\r', '\r\r', 'two lines'],
    ['\n\r', '\r\r', 'LF CR is two'],
    ['\r\0\n', '\r\r', 'only one character belongs to a CR'],
    ['\r\n\0', '\r', 'a NUL without a CR is dropped'],
    ['a\0b\0', 'ab', 'a NUL without a CR is dropped'],
    ['\r\n\0\n', '\r\r', 'a NUL between does not join'],
    ['é\r\n日\r\0👧\n', 'é\r日\r👧\r', 'text beyond ASCII'],
  ])('%j is %j, at every split: %s', (typed, text) => {
    const bytes = wire(typed)
    for (const size of sizes(bytes)) expect(type(bytes, size), `in pieces of ${size}`).toBe(text)
  })

  it('holds for every mixture, at every split', () => {
    const typed = fc.array(fc.constantFrom('\r', '\n', '\0', 'a', 'é'), { maxLength: 10 }).map(list => list.join(''))
    fc.assert(
      fc.property(typed, typed => {
        const expected = typed.replaceAll(/\r[\n\0]?|\n|\0/g, found => (found === '\0' ? '' : '\r'))
        for (const size of sizes(wire(typed))) expect(type(wire(typed), size)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('drops a NUL within a character, which stays whole', () => {
    const bytes = wire(0xe6, 0, 0x97, 0, 0xa5, 0, '\r\0')
    for (const size of sizes(bytes)) expect(type(bytes, size)).toBe('日\r')
  })

  it('hands on Enter without a wait for what follows it', () => {
    const input = new InputDecoder()
    expect([input.feed(wire('\r')), input.feed(wire('\n')), input.feed(wire('\n'))]).toEqual(['\r', '', '\r'])
  })
})
