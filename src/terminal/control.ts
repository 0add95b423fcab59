/** Whether a character is a control character: C0, DEL or C1. */
export function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
}

/**
 * Returns the index of the first control character, from an index on; the text's length where there
 * is none.
 */
export function nextControl(text: string, from: number): number {
  let index = from
  while (index < text.length && !isControl(text.charCodeAt(index))) index++
  return index
}
