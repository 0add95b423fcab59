import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoted, visible } from './visible.ts'

describe('visible text', () => {
  it.each([
    ['plain é日本👩‍👩‍👧', 'plain é日本👩‍👩‍👧'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a\nb\r\tc\0\x7f', 'a\\nb\\r\\tc\\x00\\x7f'],
    ['\x9b2J', '\\x9b2J'],
    ['safe\u202etxt.exe', 'safe\\u202etxt.exe'],
    ['\ud83d x \ude00 😀', '\\ud83d x \\ude00 😀'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it('has no control characters, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(visible(text)).not.toMatch(/[\0-\x1f\x7f-\x9f]/)
      }),
    )
  })

  it('is cut at its limit, and never through a character beyond 16 bits', () => {
    expect(visible('abcdef', 6)).toBe('abcdef')
    expect(visible('abcdefg', 6)).toBe('abcde…')
    expect(visible('abcd😀efg', 6)).toBe('abcd…')
  })

  it('is short in quotes', () => {
    expect(quoted('x\n')).toBe("'x\\n'")
    expect(quoted('x'.repeat(41))).toBe(`'${'x'.repeat(39)}…'`)
  })
})
