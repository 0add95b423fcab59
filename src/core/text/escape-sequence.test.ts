import { expect, it } from 'vitest'
import { withoutSequences } from './escape-sequence.ts'

it.each([
  ['a\x1b[1;31mb\x1b[0mc', 'abc'],
  ['a\x9b1mb', 'ab'],
  ['a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c', 'abc'],
  ['a\x9d0;title\x9cb\x90q\x1b\\c', 'abc'],
  ['a\x1b(Bb\x1bcd', 'abd'],
])('sequences are taken out: %j', (text, rest) => expect(withoutSequences(text)).toBe(rest))

it.each([
  ['a\x1b[1;', 'a1;'],
  ['a\x1b]0;title', 'a0;title'],
  ['a\x9d0;title', 'a\x9d0;title'],
])('of what is not complete the letters stay: %j', (text, rest) => expect(withoutSequences(text)).toBe(rest))

it.each(['\x1b', '\x90', '\x98', '\x9d', '\x9e', '\x9f', '\x9b'])(
  'a string ends where %j begins another sequence',
  c1 => {
    expect(withoutSequences(`\x9dab${c1}0;title\x07c`)).toBe(
      withoutSequences('\x9dab') + withoutSequences(`${c1}0;title\x07c`),
    )
    expect(withoutSequences(c1.repeat(200_000))).toHaveLength(200_000)
  },
)
