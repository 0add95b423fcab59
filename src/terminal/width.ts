import { eastAsianWidth } from 'get-east-asian-width'

/**
 * Returns the columns that a text takes. A session may have its own function, if its users'
 * terminals count clusters differently. It sees no control characters: they are spelled out first.
 */
export type Width = (text: string) => number

/**
 * Returns the sum of the widths of the text's code points. Terminals that advance by code point put
 * 👩‍👧 on four columns, though they may draw it on two. These are xterm, PuTTY, tmux, and all that
 * use glibc's wcwidth.
 */
export const widthOf: Width = text => {
  if (NARROW_TEXT.test(text)) return text.length
  let width = 0
  for (let index = 0; index < text.length; index++) {
    const codePoint = text.codePointAt(index)!
    if (codePoint > 0xffff) index++
    width += widthOfCodePoint(codePoint)
  }
  return width
}

/**
 * Returns 0 for control characters and combining characters, 2 for East Asian wide ones, and 1 for
 * all others, ambiguous ones included. Widths are those of Unicode 11, on which terminals agree;
 * later characters have the width of their own version.
 */
export function widthOfCodePoint(codePoint: number): number {
  const page = PAGES[codePoint >> 8] ?? makePage(codePoint >> 8)
  return page[codePoint & 0xff]!
}

/** Printable ASCII, Latin-1 and its extensions: one column each. */
const NARROW_TEXT = /^[ -~\xa0-\u02ff]*$/

/** Widths of 256 code points each, created at the first lookup. */
const PAGES: Uint8Array[] = []

/** Most pages have one width throughout, and are shared. */
const UNIFORM = [0, 1, 2].map(width => new Uint8Array(256).fill(width))

function makePage(number: number): Uint8Array {
  const page = Uint8Array.from({ length: 256 }, (_, low) => measure((number << 8) + low))
  return (PAGES[number] = UNIFORM.find(uniform => uniform.every((width, low) => width === page[low])) ?? page)
}

function measure(codePoint: number): number {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 0
  if (codePoint === 0xad) return 1 // terminals always show the soft hyphen
  if (ZERO.test(String.fromCodePoint(codePoint))) return 0
  if (NARROW_IN_UNICODE_11.some(([first, last]) => codePoint >= first && codePoint <= last)) return 1
  return eastAsianWidth(codePoint)
}

/**
 * Non-spacing marks, format characters, vowels and finals of Hangul, and two characters that were
 * such marks in Unicode 11.
 */
const ZERO = /^(?:\p{Mn}|\p{Me}|\p{Cf}|[\u1160-\u11ff]|\u1734|\u{1171e})$/u

/** Made wide by Unicode 16: trigrams, hexagrams, counting rods. */
const NARROW_IN_UNICODE_11 = [
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x4dc0, 0x4dff],
  [0x1d300, 0x1d378],
] as const
