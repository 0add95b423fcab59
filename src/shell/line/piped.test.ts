import { describe, expect, it } from 'vitest'
import { PipedLine } from './piped.ts'

/** Returns the lines of an input that comes in pieces of a size; the last one without its end. */
function linesOf(input: string, size: number, maxLength = 100): (string | undefined)[] {
  const piped = new PipedLine()
  const lines: (string | undefined)[] = []
  const take = (): void => {
    const { text, overflowed } = piped.take({ maxLength })
    lines.push(overflowed ? undefined : text)
  }
  for (let start = 0; start < input.length; start += size) {
    const piece = input.slice(start, start + size)
    for (let at: number | undefined = 0; at !== undefined && at < piece.length;) {
      at = piped.feed(piece, at, maxLength)
      if (at !== undefined) take()
    }
  }
  if (!piped.empty) take()
  return lines
}

describe('lines of a pipe', () => {
  it.each<[string, string, readonly string[]]>([
    ['of Unix', 'one\ntwo\n', ['one', 'two']],
    ['of Windows', 'one\r\ntwo\r\n', ['one', 'two']],
    ['of both', '\r\n\none\ntwo\r\nthree', ['', '', 'one', 'two', 'three']],
    ['that are not over, and end in CR', 'one\r', ['one']],
    ['with a CR that ends nothing', 'a\rb\r\r\n\rc\n', ['a\rb\r', '\rc']],
  ])('%s are the same in pieces of every size', (_, input, lines) => {
    for (let size = 1; size <= input.length; size++) expect(linesOf(input, size)).toEqual(lines)
  })

  it('are bounded, and the one after a line that is too long is whole', () => {
    const input = `${'x'.repeat(5)}\r\n${'x'.repeat(6)}\r\nok\r\n`
    for (let size = 1; size <= input.length; size++) expect(linesOf(input, size, 5)).toEqual(['xxxxx', undefined, 'ok'])
  })
})
