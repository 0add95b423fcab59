/**
 * Returns whether a text is only printable ASCII: one column for each character, no cursor
 * movement, no joining.
 */
export function isPrintable(text: string): boolean {
  return PRINTABLE.test(text)
}

/**
 * Returns the index of the first character from `from` on that is not printable ASCII; the text's
 * length if there is none.
 */
export function endOfPrintable(text: string, from: number): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) < 0x7f) end++
  return end
}

/**
 * Returns the index of the first control character (C0, DEL or C1), from an index on; the text's
 * length where there is none.
 */
export function nextControl(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return index
  }
  return text.length
}

const PRINTABLE = /^[ -~]*$/
