/**
 * Returns whether a character is spelled out where input is drawn, because a terminal would obey
 * it. These are C0, DEL and C1 controls, separators of lines and paragraphs (U+2028, U+2029), and
 * bidirectional controls (U+202A to U+202E, U+2066 to U+2069).
 */
export function isSpelledOut(code: number): boolean {
  if (code < 0xa0) return code < 0x20 || code >= 0x7f
  return code >= 0x2028 && code <= 0x2069 && (code <= 0x202e || code >= 0x2066)
}

/**
 * Returns the text shown for such a character. C0 controls and DEL appear as in Readline (`^A`,
 * `^?`), the others by their number.
 */
export function spelling(code: number): string {
  if (code < 0x80) return `^${String.fromCharCode(code ^ 0x40)}`
  return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16)}`
}

/**
 * Returns a prompt for a peer that draws its line itself, as it is laid out for other peers.
 * Colours (SGR) and line ends are kept, other escape sequences omitted, other control characters
 * spelled out.
 */
export function spelledPrompt(prompt: string): string {
  if (!SUSPECT.test(prompt)) return prompt
  return prompt
    .replaceAll(SEQUENCE, (sequence, sgr: string | undefined) => (sgr === undefined ? '' : sequence))
    .replaceAll(CONTROL, character => spelling(character.charCodeAt(0)))
    .toWellFormed()
}

const SUSPECT = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/

/** SGR; another escape sequence, or its beginning. As in `layout`. */
const SEQUENCE = /\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]?/g
/** All except line ends, tabs and the ESC of a colour, the only escape left by now. */
const CONTROL = /[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g
