/** Returns the first code point of a text that is not empty. */
export function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!)
}

/** Returns as much of a longer text as fits, without half of a surrogate pair. */
export function fitting(text: string, room: number): string {
  const end = Math.max(0, room)
  return text.slice(0, (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end - 1 : end)
}

/** Returns whether a text begins with a character that joins the one before it. */
export function joinsCharacter(text: string): boolean {
  return JOINS.test(text)
}

/** Marks, variation selectors and joiners. */
const JOINS = /^[\p{M}\u200c\u200d]/u
