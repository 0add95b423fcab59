import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitize } from './sanitize.ts'

describe('sanitized text', () => {
  it.each([
    ['plain text, ünïcödé and 👩‍👩‍👧 stay', 'plain text, ünïcödé and 👩‍👩‍👧 stay'],
    ['a\tb', 'a\tb'],
    ['\x1b[2J\x1b[1;31mred', '[2J[1;31mred'],
    ['\x1b]0;a title\x07', ']0;a title'],
    ['\x9b2J', '2J'],
    ['\x07\x08\x7f\0', ''],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\ud83d half \ude00, whole \ud83d\ude00', '\ufffd half \ufffd, whole 😀'],
    ['\u2066\u2069\u202a\u202c', ''],
    ['\u200fשלום\u200e', '\u200fשלום\u200e'],
  ])('of %j is %j', (text, expected) => {
    expect(sanitize(text)).toBe(expected)
  })

  it.each(['\n', '\r', '\r\n', '\v', '\f', '\x85', '\u2028', '\u2029'])('cannot pass for two: %j', end => {
    expect(sanitize(`hi${end}root: shut down${end}${end}  now${end}`)).toBe('hi\n  root: shut down\n\n  now\n')
  })

  it.each([
    ['hi\n\0root: shut down', 'hi\n  root: shut down'],
    ['hi\n \x1broot: shut down', 'hi\n   root: shut down'],
    ['hi\n \x07 root: shut down', 'hi\n  root: shut down'],
    ['hi\n\troot: shut down', 'hi\n  \troot: shut down'],
    ['\nroot: shut down', '\n  root: shut down'],
  ])('cannot by what is taken out of it, nor by what is not: %j', (text, expected) => {
    expect(sanitize(text)).toBe(expected)
  })

  it('has nothing left to take away', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(sanitize(text)).not.toMatch(/[^\P{Cc}\t\n]|[\u2028-\u202e\u2066-\u2069]/u)
        expect(sanitize(text)).not.toMatch(/\n(?! {2}|\n|$)/)
        expect(sanitize(text).isWellFormed()).toBe(true)
        expect(sanitize(sanitize(text))).toBe(sanitize(text))
      }),
    )
  })
})
