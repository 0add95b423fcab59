import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endOfPrintable, isPrintable } from './printable.ts'

it.each([
  ['', true],
  [' ~', true],
  ['a\tb', false],
  ['a\n', false],
  ['\x7f', false],
  ['é', false],
])('%j is printable: %j', (text, printable) => expect(isPrintable(text)).toBe(printable))

it('both agree, wherever one begins', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, from) => {
      const end = endOfPrintable(text, Math.min(from, text.length))
      const run = text.slice(Math.min(from, text.length), end)
      expect(isPrintable(run)).toBe(true)
      expect(end === text.length || !isPrintable(text.charAt(end))).toBe(true)
    }),
  )
})
