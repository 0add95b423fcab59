import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorWord as wordAt } from './cursor.ts'
import { WordReader } from './reader.ts'

const reader = new WordReader()
const cursorWord = (line: string, cursor: number) => wordAt(line, cursor, reader)
const asTyped = (word: string, quote = '') => reader.quote(word, quote)

describe('the word at the cursor', () => {
  it.each([
    ['', [], 0, '', ''],
    ['ech', [], 0, 'ech', ''],
    ['echo ', ['echo'], 5, '', ''],
    ['echo  a b', ['echo', 'a'], 8, 'b', ''],
    ['a\tb', ['a'], 2, 'b', ''],
    ['a "b c', ['a'], 2, 'b c', '"'],
    ["a 'b c", ['a'], 2, 'b c', "'"],
    ['a "b c"', ['a'], 2, 'b c', ''],
    ['a "b" ', ['a', 'b'], 6, '', ''],
    ['a b"c d', ['a'], 2, 'bc d', '"'],
    ['a b\\ c', ['a'], 2, 'b c', ''],
    ['a \\"', ['a'], 2, '"', ''],
    ['a \\', ['a'], 2, '\\', ''],
    ['a \\x', ['a'], 2, '\\x', ''],
    ['a "" ', ['a', ''], 5, '', ''],
    ['a \\\nb', ['a'], 4, 'b', ''],
    ['a b\\\nc', ['a'], 2, 'bc', ''],
    ['a "b\nc', ['a'], 2, 'b\nc', '"'],
  ])('of %j: after %j, from %i on, says %j', (line, words, start, text, quote) => {
    expect(cursorWord(line, line.length)).toEqual({ words, start, end: line.length, text, quote })
  })

  it('is what stands before the cursor', () => {
    expect(cursorWord('echo abc def', 7)).toEqual({ words: ['echo'], start: 5, end: 7, text: 'ab', quote: '' })
    expect(cursorWord('echo', 100)).toEqual({ words: [], start: 0, end: 4, text: 'echo', quote: '' })
  })

  it('and the words before it are those that the reader of words finds', () => {
    const line = fc
      .array(fc.constantFrom('a', 'b', ' ', '\t', '"', "'", '\\', '\\n', '\\ '), { maxLength: 12 })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(line, text => {
        const words = new WordReader().read(text)
        fc.pre(words !== undefined)
        expect(cursorWord(`${text} `, text.length + 1).words).toEqual(words)
      }),
    )
  })
})

describe('a word as one types it', () => {
  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['very high', '"very high"'],
    ["it's", '"it\'s"'],
    ['say "x"', '"say \\"x\\""'],
    ['a\\b', '"a\\\\b"'],
    ['a\tb\nc', '"a\\tb\\nc"'],
  ])('%j: %s', (word, typed) => {
    expect(asTyped(word)).toBe(typed)
  })

  it('keeps the quote that is open', () => {
    expect(asTyped('x', "'")).toBe("'x'")
    expect(asTyped('it\'s "x"', "'")).toBe("'it\\'s \"x\"'")
  })

  it('S6: is read as the word that it was', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '"', "'", '\\', 'n', 't') }),
    )
    fc.assert(
      fc.property(word, fc.constantFrom('' as const, '"' as const, "'" as const), (text, quote) => {
        expect(new WordReader().read(asTyped(text, quote))).toEqual([text])
      }),
    )
  })
})
