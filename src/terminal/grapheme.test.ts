import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { BoundaryCache, MAX_CLUSTER_CHARS, clusters, nextBoundary, previousBoundary } from './grapheme.ts'

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
function walk(text: string, cache?: BoundaryCache): { forth: number[]; back: number[] } {
  const forth = [0]
  while (forth.at(-1)! < text.length) forth.push(nextBoundary(text, forth.at(-1)!, cache))
  const back = [text.length]
  while (back.at(-1)! > 0) back.push(previousBoundary(text, back.at(-1)!, cache))
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
        expect(walk(text, new BoundaryCache())).toEqual({ forth: boundaries(text), back: boundaries(text) })
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

  it('come at the latest after MAX_CLUSTER_CHARS units', () => {
    const text = `x${'\u0301'.repeat(3 * MAX_CLUSTER_CHARS)}`
    expect(nextBoundary(text, 0)).toBe(MAX_CLUSTER_CHARS)
    expect(previousBoundary(text, text.length)).toBe(text.length - MAX_CLUSTER_CHARS)
  })
})

describe('a walk over a long text', () => {
  const kinds = [
    ['emoji', '😀', 0],
    ['marks', 'e\u0301', 0],
    ['families', '👩‍👩‍👧‍👦', 4],
    ['flags', '🇩🇪', 4],
    ['Thai', 'กำ', 4],
  ] as const
  it.each(kinds)('of %s has the segmenter read little more than it once, in small pieces', (_, cluster, times) => {
    const text = `${cluster.repeat(60_000 / cluster.length)}x`
    const read = vi.spyOn(Intl.Segmenter.prototype, 'segment')
    expect(walk(text, new BoundaryCache()).forth).toHaveLength((text.length - 1) / cluster.length + 2)
    const pieces = read.mock.calls.map(([piece]) => piece.length)
    read.mockRestore()
    expect(pieces.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(times * text.length + 100)
    expect(Math.max(0, ...pieces)).toBeLessThanOrEqual(256)
  })
})

describe('a cache of boundaries', () => {
  const flags = '🇩🇪🇫🇷🇮🇹🇩🇪'

  /** Returns how often two steps to the same boundary call the segmenter. */
  function timesRead(cache?: BoundaryCache): number {
    const read = vi.spyOn(Intl.Segmenter.prototype, 'segment')
    for (let times = 0; times < 2; times++) expect(nextBoundary(flags, 4, cache)).toBe(8)
    const { length } = read.mock.calls
    read.mockRestore()
    return length
  }

  it('is the only place where a text is kept', () => {
    const cache = new BoundaryCache()
    expect(timesRead(cache)).toBe(1)
    expect(cache.text).toBe(flags)
    expect(timesRead()).toBe(2)
  })

  it('answers for no other text', () => {
    const cache = new BoundaryCache()
    expect(nextBoundary(flags, 0, cache)).toBe(4)
    expect(nextBoundary(`x${flags}`, 1, cache)).toBe(5)
    expect(previousBoundary(`xy${flags}`, 6, cache)).toBe(2)
  })
})
