import { describe, expect, it } from 'vitest'
import { quotedWords } from './words.ts'

describe('the words of a history entry', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['echo a  b', ['echo', 'a', 'b']],
    ['say "a b" c', ['say', '"a b"', 'c']],
    ["say 'a \"b' c", ['say', "'a \"b'", 'c']],
    ['say "a \\" b" c', ['say', '"a \\" b"', 'c']],
    ['a\\ b c', ['a\\ b', 'c']],
    ['x"y z"w v', ['x"y z"w', 'v']],
    ['open "to the end', ['open', '"to the end']],
    ['ends in \\', ['ends', 'in', '\\']],
    ['two\nlines', ['two', 'lines']],
  ])('%j: %j', (entry, words) => {
    expect(quotedWords(entry)).toEqual(words)
  })

  it('are found in an entry of any length', () => {
    expect(quotedWords(`"${'a\\" '.repeat(20_000)}`)).toHaveLength(1)
    expect(quotedWords(`x${"'".repeat(60_001)}`)).toHaveLength(1)
  })
})
