import { describe, expect, it } from 'vitest'
import { spelledPrompt } from './spelling.ts'

describe('a prompt for a peer that draws its line itself', () => {
  it.each([
    ['> ', '> '],
    ['\x1b[1;31mroot\x1b[0m# ', '\x1b[1;31mroot\x1b[0m# '],
    ['line\n\tnext> ', 'line\n\tnext> '],
    ['a\x1b[2Jb\x1b]0;t\x07c\x1bMd\x1b', 'abcd'],
    ['\x07\r\x7f\x9b2J\u202e\u2028', '^G^M^?\\x9b2J\\u202e\\u2028'],
    ['\ud83d 😀', '\ufffd 😀'],
  ])('of %j is %j', (prompt, shown) => {
    expect(spelledPrompt(prompt)).toBe(shown)
  })
})
