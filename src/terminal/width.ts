import { eastAsianWidth } from 'get-east-asian-width'

/**
 * How many columns a text takes. A session may bring its own, where its users' terminals count
 * clusters otherwise. Control characters are not its business: what shows them spells them out
 * first.
 */
export type Width = (text: string) => number

/**
 * The sum of the widths of the text's code points: terminals that advance by code point (xterm,
 * PuTTY, tmux, and all that ask glibc's wcwidth) put 👩‍👧 on four columns, though they may draw it
 * on two.
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
 * 0 for control characters and what combines with the character before it, 2 for East Asian wide
 * ones, 1 for all others, ambiguous ones included. Unicode 11, which terminals have agreed on;
 * characters that came later are counted as their own version says.
 */
export function widthOfCodePoint(codePoint: number): number {
  const page = PAGES[codePoint >> 8] ?? makePage(codePoint >> 8)
  return page[codePoint & 0xff]!
}

/** Printable ASCII, Latin-1 and its extensions: a column each. */
const NARROW_TEXT = /^[ -~\xa0-\u02ff]*$/

/** Widths of 256 code points each, made when the first of them is met. */
const PAGES: Uint8Array[] = []

/** Pages without variety, most of the planes, are shared. */
const UNIFORM = [0, 1, 2].map(width => new Uint8Array(256).fill(width))

function makePage(number: number): Uint8Array {
  const page = Uint8Array.from({ length: 256 }, (_, low) => measure((number << 8) + low))
  return (PAGES[number] = UNIFORM.find(uniform => uniform.every((width, low) => width === page[low])) ?? page)
}

function measure(codePoint: number): number {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 0
  if (codePoint === 0xad) return 1 // the soft hyphen is shown wherever it stands
  if (ZERO.test(String.fromCodePoint(codePoint))) return 0
  if (NARROW_IN_UNICODE_11.some(([first, last]) => codePoint >= first && codePoint <= last)) return 1
  return eastAsianWidth(codePoint)
}

/**
 * Marks that do not space, format characters, the vowels and finals of Hangul, and two that were
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
