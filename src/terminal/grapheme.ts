/**
 * Grapheme clusters (UAX #29, as this JavaScript's Intl.Segmenter has it): what users take for one character. The segmenter
 * is asked only about a bounded neighbourhood, and not at all about plain text, so that a step costs the same on any line.
 */

/**
 * A cluster longer than this many UTF-16 units is cut there; also, where a line holds no certain boundary for so long before
 * the index (thousands of flags in a row), it is segmented as if it began there.
 */
export const LONGEST_CLUSTER = 4096

/** The end of the cluster that begins at `index`, which is a boundary; the text's length where there is none. */
export function nextBoundary(text: string, index: number): number {
  const length = text.length
  if (index >= length - 1) return length
  if (isSolid(text, index) && isSolid(text, index + 1)) return index + (isCrLf(text, index) ? 2 : 1)
  for (let reach = 32; ; reach *= 8) {
    const end = wholeEnd(text, index + Math.min(reach, LONGEST_CLUSTER))
    const size = SEGMENTER.segment(text.slice(index, end)).containing(0)!.segment.length
    if (index + size < end || end === length || reach >= LONGEST_CLUSTER) return index + size
  }
}

/** The beginning of the cluster that ends at, or holds, the place before `index`; 0 where there is none. */
export function previousBoundary(text: string, index: number): number {
  if (index <= 1) return 0
  if (isSolid(text, index - 1) && isSolid(text, index - 2)) return index - (isCrLf(text, index - 2) ? 2 : 1)
  const from = certainBoundary(text, index)
  const part = text.slice(from, index)
  return from + SEGMENTER.segment(part).containing(part.length - 1)!.index
}

/** The text's clusters, in order. */
export function clusters(text: string): string[] {
  if (SOLID_TEXT.test(text)) return text.split('')
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

function isCrLf(text: string, index: number): boolean {
  return text.charCodeAt(index) === 0x0d && text.charCodeAt(index + 1) === 0x0a
}

/**
 * Characters between any two of which there is always a boundary, whatever stands before them: Latin, Greek, Cyrillic, kana,
 * ideographs, Hangul syllables; and of those that take two units, pictographs other than flags and skin tones, and ideographs.
 * CR and LF, which may join, are left out.
 */
const SOLID = '\\0-\\t\\v\\f\\x0e-\\u02ff\\u0370-\\u0482\\u048a-\\u0590\\u3041-\\u3096\\u30a0-\\ua000\\uac00-\\ud7a3'
const SOLID_PAIRS = '\\u{1f300}-\\u{1f3fa}\\u{1f400}-\\u{1faff}\\u{20000}-\\u{3ffff}'
const SOLID_TEXT = new RegExp(`^[${SOLID}]*$`)
const CERTAIN = new RegExp(`[${SOLID}${SOLID_PAIRS}](?=[${SOLID}${SOLID_PAIRS}])`, 'gu')

/** One of `SOLID`, CR, or LF. Without an expression, since this is asked for every key. */
function isSolid(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 0x300) return true
  if (code < 0x3041) return (code >= 0x370 && code <= 0x482) || (code >= 0x48a && code <= 0x590)
  return code <= 0x3096 || (code >= 0x30a0 && code <= 0xa000) || (code >= 0xac00 && code <= 0xd7a3)
}

/** The last boundary before the cluster that ends at `index` of which one can be certain without reading what is before it. */
function certainBoundary(text: string, index: number): number {
  for (let reach = 32; ; reach *= 8) {
    const from = wholeStart(text, index - Math.min(reach, LONGEST_CLUSTER))
    if (from === 0) return 0
    let last = -1
    for (const match of text.slice(from, index).matchAll(CERTAIN)) last = match.index + match[0].length
    if (last >= 0) return from + last
    if (reach >= LONGEST_CLUSTER) return from
  }
}

/** The index, or the one after it where it would part a surrogate pair. */
function wholeEnd(text: string, index: number): number {
  if (index >= text.length) return text.length
  return partsPair(text, index) ? index + 1 : index
}
function wholeStart(text: string, index: number): number {
  if (index <= 0) return 0
  return partsPair(text, index) ? index - 1 : index
}
function partsPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
}
