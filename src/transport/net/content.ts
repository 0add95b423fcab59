/** Text as it was written, and bytes as they are sent. */
export type Content = string | Uint8Array

/** Returns the part of `content` from `from` to `to`, without a copy where that is all of it. */
export function partOf(content: Content, from: number, to: number): Content {
  if (from === 0 && to === content.length) return content
  return typeof content === 'string' ? content.slice(from, to) : content.subarray(from, to)
}

/** Returns one content, and so one plain write, which is quicker than `cork` and `writev`. */
export function joined(contents: readonly Content[]): Content {
  const [first] = contents
  if (contents.length === 1 && first !== undefined) return first
  if (contents.every(content => typeof content === 'string')) return contents.join('')
  return Buffer.concat(contents.map(content => (typeof content === 'string' ? Buffer.from(content) : content)))
}

/** Returns how much it is together, in UTF-16 units and bytes. */
export function lengthOf(contents: readonly Content[]): number {
  let length = 0
  for (const content of contents) length += content.length
  return length
}
