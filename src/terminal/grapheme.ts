/**
 * Grapheme clusters (UAX #29, as this JavaScript's Intl.Segmenter has it): what users take for one
 * character. The segmenter is asked only about a bounded neighbourhood, and not at all about plain
 * text, so that a step costs the same on any line.
 */

/**
 * A cluster longer than this many UTF-16 units is cut there; also, where a line holds no certain
 * boundary for so long before the index (thousands of flags in a row), it is segmented as if it
 * began there.
 */
export const MAX_CLUSTER_CHARS = 4096

/**
 * The boundaries that were found last in one text: the next question is mostly about the one beside
 * them. Handed to every step of a walk, it asks the segmenter once for 16 clusters; a walk over 60
 * KB of flags takes 10 s → 18 ms. It holds the text: its owner sees to it that no text outlives its
 * use, and that no secret comes in.
 */
export class BoundaryCache {
  text = ''
  /** In order. */
  boundaries: readonly number[] = []

  keep(text: string, boundaries: readonly number[]): void {
    this.text = text
    this.boundaries = boundaries
  }

  /** Returns the boundary beside one of those that were found last. */
  beside(text: string, index: number, side: 1 | -1): number | undefined {
    if (text !== this.text) return undefined
    const { boundaries } = this
    let [low, high] = [0, boundaries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (boundaries[middle]! < index) low = middle + 1
      else high = middle
    }
    return boundaries[low] === index ? boundaries[low + side] : undefined
  }
}

/**
 * Returns the end of the cluster that begins at `index`, which is a boundary; the text's length
 * where there is none.
 */
export function nextBoundary(text: string, index: number, cache?: BoundaryCache): number {
  const length = text.length
  if (index >= length - 1) return length
  if (isSolid(text, index) && isSolid(text, index + 1)) return index + (isCrLf(text, index) ? 2 : 1)
  return plainEnd(text, index) ?? cache?.beside(text, index, 1) ?? segmentFrom(text, index, cache)
}

/**
 * Returns the beginning of the cluster that ends at, or holds, the place before `index`; 0 where
 * there is none.
 */
export function previousBoundary(text: string, index: number, cache?: BoundaryCache): number {
  if (index <= 1) return 0
  if (isSolid(text, index - 1) && isSolid(text, index - 2)) return index - (isCrLf(text, index - 2) ? 2 : 1)
  return cache?.beside(text, index, -1) ?? segmentUpTo(text, index, cache)
}

/** The text's clusters, in order. */
export function clusters(text: string): string[] {
  if (SOLID_TEXT.test(text)) return text.split('')
  const all: string[] = []
  const cache = new BoundaryCache()
  for (let from = 0; from < text.length;) {
    const end = nextBoundary(text, from, cache)
    all.push(text.slice(from, end))
    from = end
  }
  return all
}

/** The end of a cluster that can be told without the segmenter: 0.1 µs after 0.8. */
function plainEnd(text: string, index: number): number | undefined {
  PLAIN_CLUSTER.lastIndex = index
  return PLAIN_CLUSTER.test(text) ? PLAIN_CLUSTER.lastIndex : undefined
}

/**
 * Asks for pieces that grow: the segmenter needs time for each cluster by the length of what it is
 * given, and 20 µs of 60 KB.
 */
function segmentFrom(text: string, index: number, cache: BoundaryCache | undefined): number {
  for (let reach = 32; ; reach *= 8) {
    const end = wholeEnd(text, index + Math.min(reach, MAX_CLUSTER_CHARS))
    const boundaries = [index]
    for (const part of SEGMENTER.segment(text.slice(index, end))) {
      boundaries.push(index + part.index + part.segment.length)
      if (boundaries.length > 16) break
    }
    // What ends with the piece may go on behind it.
    if (boundaries.length > 2 && boundaries.at(-1) === end && end < text.length) boundaries.pop()
    const next = boundaries[1]!
    if (next < end || end === text.length || reach >= MAX_CLUSTER_CHARS) {
      cache?.keep(text, boundaries)
      return next
    }
  }
}

function segmentUpTo(text: string, index: number, cache: BoundaryCache = new BoundaryCache()): number {
  const from = certainBoundary(text, index)
  const boundaries: number[] = []
  for (let at = from; at < index; at = nextBoundary(text, at, cache)) boundaries.push(at)
  cache.keep(text, boundaries)
  return boundaries.at(-1)!
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

function isCrLf(text: string, index: number): boolean {
  return text.charCodeAt(index) === 0x0d && text.charCodeAt(index + 1) === 0x0a
}

/**
 * Characters between any two of which there is always a boundary, whatever stands before them:
 * Latin, Greek, Cyrillic, kana, ideographs, Hangul syllables; and of those that take two units,
 * pictographs other than flags and skin tones, and ideographs. CR and LF, which may join, are left
 * out.
 */
const SOLID = '\\0-\\t\\v\\f\\x0e-\\u02ff\\u0370-\\u0482\\u048a-\\u0590\\u3041-\\u3096\\u30a0-\\ua000\\uac00-\\ud7a3'
const SOLID_PAIRS = '\\u{1f300}-\\u{1f3fa}\\u{1f400}-\\u{1faff}\\u{20000}-\\u{3ffff}'
const SOLID_TEXT = new RegExp(`^[${SOLID}]*$`)
/** Marks and skin tones join what stands before them, and nothing of these behind. */
const TAILS = '\\p{M}\\u{1f3fb}-\\u{1f3ff}'
/** A character that is drawn, with its marks, before one that joins nothing. */
const PLAIN_CLUSTER = new RegExp(
  `[ -~\\xae-\\u02ff\\u0370-\\u0482\\u048a-\\u0590\\u3041-\\u3096\\u30a0-\\ua000${SOLID_PAIRS}][\\p{Mn}\\p{Me}]{0,8}(?=[${SOLID}${SOLID_PAIRS}])`,
  'uy',
)
const CERTAIN = new RegExp(`[${SOLID}${SOLID_PAIRS}${TAILS}](?=[${SOLID}${SOLID_PAIRS}])`, 'gu')

/** One of `SOLID`, CR, or LF. Without an expression, since this is asked for every key. */
function isSolid(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 0x300) return true
  if (code < 0x3041) return (code >= 0x370 && code <= 0x482) || (code >= 0x48a && code <= 0x590)
  return code <= 0x3096 || (code >= 0x30a0 && code <= 0xa000) || (code >= 0xac00 && code <= 0xd7a3)
}

/**
 * A boundary before the cluster that ends at `index`, of which one can be certain without reading
 * what is before it: the first in a small neighbourhood, since what is found from there on serves
 * the next steps too; else the last.
 */
function certainBoundary(text: string, index: number): number {
  for (let reach = 32; ; reach *= 8) {
    const from = wholeStart(text, index - Math.min(reach, MAX_CLUSTER_CHARS))
    if (from === 0) return 0
    let last = -1
    for (const match of text.slice(from, index).matchAll(CERTAIN)) {
      last = match.index + match[0].length
      if (reach === 32) break
    }
    if (last >= 0) return from + last
    if (reach >= MAX_CLUSTER_CHARS) return from
  }
}

/** The index, or the one after it where it would part a surrogate pair. */
function wholeEnd(text: string, index: number): number {
  if (index >= text.length) return text.length
  return splitsPair(text, index) ? index + 1 : index
}
function wholeStart(text: string, index: number): number {
  if (index <= 0) return 0
  return splitsPair(text, index) ? index - 1 : index
}
function splitsPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
}
