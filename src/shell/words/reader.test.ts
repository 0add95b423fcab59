import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { WordReader } from './reader.ts'

const wordSpans = (raw: string) => new WordReader().locate(raw)

/** Feeds the lines of an input; the last must finish it, the others must not. */
function words(...lines: string[]): string[] {
  const reader = new WordReader()
  for (const line of lines.slice(0, -1)) expect(reader.read(line)).toBeUndefined()
  const result = reader.read(lines.at(-1)!)
  expect(result).toBeDefined()
  return result!
}

describe('S6: words', () => {
  it.each([
    ['', []],
    ['  \t ', []],
    ['echo', ['echo']],
    ['  echo\t1 ', ['echo', '1']],
    ['echo 1  "2    3"', ['echo', '1', '2    3']],
    ['a"b c"d', ['ab cd']],
    [`a'b c'd`, ['ab cd']],
    ['""', ['']],
    [`'' x ""`, ['', 'x', '']],
    ['echo 1\\ 2', ['echo', '1 2']],
    ['\\\\', ['\\']],
    ['\\t\\n', ['\t\n']],
    ['\\" \\\'', ['"', "'"]],
    ['echo \\"', ['echo', '"']],
    ['"\\ x"', [' x']],
    [`'a\\'b'`, ["a'b"]],
    ['"\\q" \\q', ['\\q', '\\q']],
    ['a \\ b', ['a', ' b']],
    [`"it's"`, ["it's"]],
    ['é "日本 👩‍👩‍👧"', ['é', '日本 👩‍👩‍👧']],
  ])('%j is %j', (line, expected) => expect(words(line)).toEqual(expected))

  it('joins the next line on after a trailing backslash, and keeps newlines inside quotes', () => {
    expect(words('echo 1 \\', '2 "3', '4"  "5\\', '6"')).toEqual(['echo', '1', '2', '3\n4', '56'])
    expect(words('a\\', 'b')).toEqual(['ab'])
    expect(words('"', '"')).toEqual(['\n'])
  })

  it('takes a doubled backslash at the end for a backslash', () => expect(words('a\\\\')).toEqual(['a\\']))

  it('forgets unfinished input on reset', () => {
    const reader = new WordReader()
    reader.read('a "b')
    reader.reset()
    expect(reader.read('c')).toEqual(['c'])
  })

  it('reads 60,000 continuation lines in one pass', () => {
    const reader = new WordReader()
    reader.read('"')
    for (let i = 0; i < 60_000; i++) reader.read('x')
    expect(reader.read('"')?.[0]).toHaveLength(120_001)
  })

  it('reads back any words that were quoted', () => {
    const quote = (word: string) => `"${word.replaceAll(/["\\]/g, '\\$&')}"`
    const word = fc.string({ unit: 'grapheme' }).filter(w => !/[\n\r]/.test(w))
    fc.assert(
      fc.property(fc.array(word), list => {
        expect(words(list.map(quote).join(' '))).toEqual(list)
      }),
    )
  })

  it.each(['everywhere', 'bash'] as const)('finds the words that it reads, however many lines: escapes %s', escapes => {
    const line = fc.stringMatching(/^[ab "'\\\t]*$/)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), lines => {
        const reader = new WordReader({ escapes })
        let input = ''
        for (const each of lines) {
          input += each
          const located = reader.locate(input)
          const read = reader.read(each)
          if (read) expect(located.map(({ text }) => text)).toEqual(read)
          input = read ? '' : `${input}\n`
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['a b', [['b', 2, '']]],
    ['a "b\nc', [['b\nc', 2, '"']]],
    ['a \\\nb', [['b', 4, '']]],
    ['a b\\', [['b\\', 2, '']]],
    ['a \\', [['\\', 2, '']]],
    ['a \\\n', []],
  ])('tells what is being typed: %j', (input, typed) => {
    const last = wordSpans(input).filter(({ quote }) => quote !== undefined)
    expect(last.map(({ text, start, quote }) => [text, start, quote])).toEqual(typed)
  })

  it('finds where each word stands', () => {
    const raw = 'echo 1 \\\n2 "3\n4"  "5\\\n6"'
    expect(wordSpans(raw).map(({ start, end }) => raw.slice(start, end))).toEqual([
      'echo',
      '1',
      '2',
      '"3\n4"',
      '"5\\\n6"',
    ])
    fc.assert(
      fc.property(fc.stringMatching(/^[ab "'\\\t]*$/), line => {
        const found = new WordReader().read(line)
        if (found) expect(wordSpans(line)).toHaveLength(found.length)
      }),
    )
  })
})
