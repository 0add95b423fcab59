/**
 * Returns a foreign text, fit for a terminal: nothing in it makes the terminal do something, and it
 * cannot pass for two texts.
 *
 * - Control characters (C0, DEL, C1) are removed, except tabs and line ends. Of an escape sequence
 *   the letters remain.
 * - Bidirectional controls (U+202A to U+202E, U+2066 to U+2069) are removed. Marks of right-to-left
 *   writing stay.
 * - Every line end (UAX #14: CR, LF, VT, FF, NEL, U+2028, U+2029) becomes one `\n`. Each line after
 *   the first begins with at least two blanks.
 * - A lone surrogate becomes U+FFFD, as on every wire.
 *
 * @example sanitize('\x1b[2Jhi\nroot: bye') // '[2Jhi\n  root: bye'
 */
export function sanitize(text: string): string {
  if (!SUSPECT.test(text)) return text
  const lines = text.replaceAll(LINE_END, '\n').replaceAll(HARMFUL, '').replaceAll(FURTHER_LINE, '\n  ')
  return lines.replaceAll(LONE_SURROGATE, '\ufffd')
}

const SUSPECT = /[\0-\x08\n-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u
const LINE_END = /\r\n|[\n\v\f\r\x85\u2028\u2029]/g
const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g
/** With `u`, a pair is one character, and no surrogate. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu
/** The beginning of a line that is neither empty nor indented. */
const FURTHER_LINE = /\n(?! {2}|\n|$)/g
