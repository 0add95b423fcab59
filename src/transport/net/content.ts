import type { OutputStream } from '../../core/connection.ts'
import type { TextEncoding } from '../../core/text/text-encoding.ts'

/** Text as it was written, and bytes as they are sent. */
export type Content = string | Uint8Array

/** What follows belongs to this stream. */
export interface StreamMark {
  readonly stream: OutputStream
}

export type OutboxPiece = Content | StreamMark

export function isMark(piece: OutboxPiece): piece is StreamMark {
  return typeof piece === 'object' && 'stream' in piece
}

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

/**
 * Encodes the text behind the last bytes, in its place, down to the index `from`. What is before
 * other bytes is encoded. Returns by how much longer it is in bytes than it was in UTF-16 units.
 */
export function encodeText(pieces: OutboxPiece[], encoding: TextEncoding, from: number): number {
  let growth = 0
  for (let i = pieces.length - 1; i >= from; i--) {
    const piece = pieces[i]
    if (piece instanceof Uint8Array) break
    if (typeof piece !== 'string') continue
    const bytes = Buffer.from(encoding.encodeText(piece))
    growth += bytes.length - piece.length
    pieces[i] = bytes
  }
  return growth
}

/** Returns how much it is together, in UTF-16 units and bytes. */
export function lengthOf(contents: readonly Content[]): number {
  let length = 0
  for (const content of contents) length += content.length
  return length
}
