import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_CLUSTER, clusters, nextBoundary, previousBoundary } from './grapheme.ts'

const samples = [
  'plain',
  'é日本👩‍👩‍👧',
  'e\u0301e\u0301',
  '\r\n\n\r',
  '🇩🇪🇫🇷🇮🇹',
  'a🇩🇪🇫',
  '👍🏽👍🏽x👍',
  '❤️‍🔥',
  '각각ᄀᆨ',
  'क्षि नमस्ते',
  '\u0600123',
  '\u0301x',
  '\ud83d!\udc69',
]

/** Walks by `nextBoundary`, and back by `previousBoundary`. */
function walk(text: string): { forth: number[]; back: number[] } {
  const forth = [0]
  while (forth.at(-1)! < text.length) forth.push(nextBoundary(text, forth.at(-1)!))
  const back = [text.length]
  while (back.at(-1)! > 0) back.push(previousBoundary(text, back.at(-1)!))
  return { forth, back: back.reverse() }
}

function boundaries(text: string): number[] {
  return [0, ...Array.from(new Intl.Segmenter('en').segment(text), part => part.index + part.segment.length)]
}

describe('boundaries of grapheme clusters', () => {
  it.each(samples)('are the segmenter’s in %j, walked both ways', text => {
    expect(walk(text)).toEqual({ forth: boundaries(text), back: boundaries(text) })
    expect(clusters(text).join('|')).toBe(Array.from(new Intl.Segmenter('en').segment(text), s => s.segment).join('|'))
  })

  it('are the segmenter’s in any text', () => {
    const pieces = fc.constantFrom(
      ...samples,
      'a'.repeat(40),
      '日'.repeat(40),
      '👩‍'.repeat(20),
      '🇩'.repeat(33),
      '\u0301'.repeat(70),
    )
    const text = fc
      .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(text, text => {
        expect(walk(text)).toEqual({ forth: boundaries(text), back: boundaries(text) })
      }),
      { numRuns: 500 },
    )
  })

  it('do not part a surrogate pair at the edge of the neighbourhood', () => {
    for (let length = 25; length < 40; length++) {
      const text = `x${'\u0301'.repeat(length)}👍🏽`
      expect(walk(text)).toEqual({ forth: boundaries(text), back: boundaries(text) })
    }
  })

  it('come at the latest after LONGEST_CLUSTER units', () => {
    const text = `x${'\u0301'.repeat(3 * LONGEST_CLUSTER)}`
    expect(nextBoundary(text, 0)).toBe(LONGEST_CLUSTER)
    expect(previousBoundary(text, text.length)).toBe(text.length - LONGEST_CLUSTER)
  })
})
