import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SafeText, safe, trusted } from './safe-text.ts'
import type { SafeValue } from './safe-text.ts'

const EVIL = '\x1b[2J\x9b2J\x07\u202eevil'

describe('a safe text', () => {
  it('keeps what is written in it, and sanitizes what is put in', () => {
    expect(String(safe`\x1b[1m${EVIL}\x1b[22m says: ${'a\nroot: b'}`)).toBe(
      '\x1b[1m[2J2Jevil\x1b[22m says: a\n  root: b',
    )
  })

  it('keeps what is safe already: a part has its own escape sequences, and is not sanitized twice', () => {
    const name = safe`\x1b[31m${'bob'}\x1b[39m`
    expect(String(safe`<${name}> ${'hi'}`)).toBe('<\x1b[31mbob\x1b[39m> hi')
    expect(String(safe`${trusted('\x1b]0;title\x07')}.`)).toBe('\x1b]0;title\x07.')
  })

  it.each<[string, SafeValue, string]>([
    ['a number', 0.5, '0.5'],
    ['a big number', 12n, '12'],
    ['false', false, 'false'],
    ['undefined', undefined, ''],
    ['null', null, ''],
    ['nothing in a list', [undefined, null, []], ''],
    ['a list', ['a', 1, safe`\x1b[1m`, [EVIL]], 'a1\x1b[1m[2J2Jevil'],
    ['a lone surrogate', '\ud83d', '\ufffd'],
  ])('takes %s', (_, value, expected) => {
    expect(String(safe`[${value}]`)).toBe(`[${expected}]`)
  })

  it('takes whatever a program without types puts in', () => {
    const error = new Error(EVIL) as unknown as SafeValue
    expect(String(safe`${error}`)).toBe('Error: [2J2Jevil')
    expect(String(safe`${{ toString: () => EVIL, toJSON: () => '' } as unknown as SafeValue}`)).toBe('[2J2Jevil')
  })

  it('lets nothing that is put in begin a line of its own', () => {
    expect(String(safe`${'hi\n'}${'root: shut down'}`)).toBe('hi\n  root: shut down')
    expect(String(safe`${['a\n', 'b\n']}${safe`${'c\n'}`}${'d'}`)).toBe('a\n  b\n  c\n  d')
    expect(String(safe`Text:\n${'a\r\nb'}`)).toBe('Text:\na\n  b')
  })

  it.each([
    ['a colour', safe`\x1b[${31}m`, '\x1b[31m'],
    ['colours of several parts', safe`\x1b[${38};${'5'};${'7:1'}m`, '\x1b[38;5;7:1m'],
    ['no other end of the sequence', safe`\x1b[${'2J'}m`, '\x1b[m'],
    ['none after the parameters', safe`\x1b[1 ${'q'}p`, '\x1b[1 p'],
    ['none at its beginning', safe`\x1b${'c'}[1m`, '\x1b[1m'],
    ['no set of characters', safe`\x1b(${'0'}B`, '\x1b(B'],
    ['nothing after C1 either', safe`\x9b${'2J'}m`, '\x9bm'],
    ['a title of one line', safe`\x1b]0;${'a\nb\x07c\x1b\\'}\x07`, '\x1b]0;a bc\\\x07'],
    ['a link', safe`\x1b]8;;${'http://x/'}\x1b\\${'a\nb'}`, '\x1b]8;;http://x/\x1b\\a\n  b'],
    ['what is split over parts', safe`${safe`\x1b[`}${'2J'}m${'2J'}`, '\x1b[m2J'],
    ['text after a whole sequence', safe`\x1b[1m${'2J'}\x1b(B${'2J'}\x1bM${'2J'}`, '\x1b[1m2J\x1b(B2J\x1bM2J'],
  ])('puts %s into a sequence', (_, text, expected) => {
    expect(String(text)).toBe(expected)
  })

  it('has only its own escape sequences, whatever is put in', () => {
    const foreign = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(foreign, foreign, (one, other) => {
        const text = String(safe`\x1b[1m${one}\x1b[0m${[one, other]}${other}\x1b[${one}m`)
        expect(text.match(/[^\P{Cc}\t\n]/gu)).toHaveLength(3)
        expect(text).toMatch(/\x1b\[[\d;:]*m$/)
        expect(text).not.toMatch(/\n(?! {2}|\n)/)
      }),
    )
  })

  it('is a string wherever one is made of it, and plain where nobody looks at a terminal', () => {
    const text = safe`\x1b[1m${'bob'}\x1b[22m, \x1b]8;;x\x07here\x1b]8;;\x1b\\`
    expect(String(text)).toBe('\x1b[1mbob\x1b[22m, \x1b]8;;x\x07here\x1b]8;;\x1b\\')
    expect(JSON.stringify({ text })).toBe('{"text":"bob, here"}')
  })

  it('cannot be made of data', () => {
    expect(String(safe`${JSON.parse('{"toString":1}') instanceof SafeText}`)).toBe('false')
    expect(String(safe`${structuredClone(safe`\x1b[1m`) instanceof SafeText}`)).toBe('false')
  })

  it('takes many parts without looking at them again', () => {
    expect(String(safe`${Array.from({ length: 200_000 }, () => 'x\n')}`)).toHaveLength(200_000 * 4)
  })
})

it('refuses a call without a template in a sentence', () => {
  const call = safe as unknown as (text: unknown) => unknown
  for (const text of ['x', undefined, safe`x`]) expect(() => call(text)).toThrow('write safe`…` without parentheses')
})
