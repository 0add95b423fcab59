import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmless } from './harmless.ts'

describe('harmless text', () => {
  it.each([
    ['plain text, ünïcödé and 👩‍👩‍👧 stay', 'plain text, ünïcödé and 👩‍👩‍👧 stay'],
    ['a\tb\nc', 'a\tb\nc'],
    ['\x1b[2J\x1b[1;31mred', '[2J[1;31mred'],
    ['\x1b]0;a title\x07', ']0;a title'],
    ['\x9b2J', '2J'],
    ['a\r\nb', 'a\nb'],
    ['\x07\x08\x7f\0', ''],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u2066\u2069\u202a\u202c', ''],
    ['\u200fשלום\u200e', '\u200fשלום\u200e'],
  ])('of %j is %j', (text, expected) => {
    expect(harmless(text)).toBe(expected)
  })

  it('has nothing left to take away', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(harmless(text)).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u)
        expect(harmless(harmless(text))).toBe(harmless(text))
      }),
    )
  })
})
