/**
 * Text from one user, fit for the terminal of another: without the characters that make a terminal do something (C0 and C1 controls, tabs and line ends
 * aside) and without those that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069), by which one text can pass for another. What is left of
 * an escape sequence shows as the letters that it is. Marks that belong to right-to-left writing stay.
 */
export function harmless(text: string): string {
  return HARMFUL.test(text) ? text.replaceAll(EACH_HARMFUL, '') : text
}

const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/
const EACH_HARMFUL: RegExp = new RegExp(HARMFUL.source, 'g')
