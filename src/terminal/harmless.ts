/**
 * Text from one user, fit for the terminal of another: without the characters that make a terminal do something (C0 and C1 controls, tabs and line ends
 * aside) and without those that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069), by which one text can pass for another. What is left of
 * an escape sequence shows as the letters that it is. Marks that belong to right-to-left writing stay.
 *
 * Whatever ends a line, as Unicode has it (UAX #14: CR, LF, VT, FF, NEL, U+2028, U+2029), is one line end, and each line after the first begins with two blanks at
 * least: what came as one text cannot pass for two, of which another user has sent the second.
 */
export function harmless(text: string): string {
  if (!SUSPECT.test(text)) return text
  return text.replaceAll(LINE_END, '\n').replaceAll(HARMFUL, '').replaceAll(FURTHER_LINE, '\n  ')
}

const SUSPECT = /[\0-\x08\n-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/
const LINE_END = /\r\n|[\n\v\f\r\x85\u2028\u2029]/g
const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g
/** The beginning of a line that has something in it, and is not indented already. */
const FURTHER_LINE = /\n(?! {2}|\n|$)/g
