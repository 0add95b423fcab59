/**
 * Returns where a part that begins at `from` ends: `most` units or bytes on, or one less, so that
 * neither a surrogate pair nor a CR LF is split. `most` is at least 2.
 */
export function endOfPart(content: string | Uint8Array, from: number, most: number): number {
  const end = from + most
  if (end >= content.length) return content.length
  return typeof content !== 'string' || isWhole(content, end) ? end : end - 1
}

/**
 * Returns whether the last character before `end` is complete: neither half of a surrogate pair nor
 * the CR of a CR LF.
 */
export function isWhole(text: string, end: number = text.length): boolean {
  const last = text.charCodeAt(end - 1)
  return last !== CR && (last & 0xfc00) !== 0xd800
}

const CR = 13
