/** Where a part that begins at `from` ends: `most` units or bytes on, or one less, so that neither a character beyond U+FFFF nor a CR LF is cut in two. `most` is 2 or more. */
export function endOfPart(content: string | Uint8Array, from: number, most: number): number {
  const end = from + most
  if (end >= content.length) return content.length
  return typeof content !== 'string' || isWhole(content, end) ? end : end - 1
}

/** Does the last character before `end` need none of what comes next? Not half of one beyond U+FFFF, nor the CR of a CR LF. */
export function isWhole(text: string, end: number = text.length): boolean {
  const last = text.charCodeAt(end - 1)
  return last !== CR && (last & 0xfc00) !== 0xd800
}

const CR = 13
