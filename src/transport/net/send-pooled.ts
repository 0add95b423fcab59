import { endOfPart } from '../../core/parts.ts'
import { POOLED } from '../../platform/buffer-pool.ts'
import type { BufferPool } from '../../platform/buffer-pool.ts'

/** Where output goes: a stream, which encodes text as UTF-8. */
export interface SendTarget {
  /** `sent` is called when nothing needs `data` any more: it is in the system's hands, or never will be. */
  write(data: string | Uint8Array, sent?: () => void): unknown
}

/** What text becomes on the wire. */
export interface TextEncoding {
  encodeText(text: string): string
  /** The first half of it, for much text: all but LF. No unit becomes more than three bytes by it. */
  encodeReturns(text: string): string
  /**
   * The other half, in bytes: moves what is in `memory` from `from` to `end` down to `at`, and makes CR LF of each LF. `from` is further up than `at` by as many bytes as there are LF.
   * Answers where it ends.
   */
  encodeLines(memory: Uint8Array, from: number, end: number, at: number): number
}

/** How much is encoded at once, in UTF-16 units or bytes. */
const PART = 16 * 1024
/** Of UTF-8, for each unit, in bytes. */
const MOST_BYTES = 3

/**
 * Sends contents one behind another, in few writes. They are encoded into memory that is used again: a string that is handed to a socket is copied where garbage is
 * collected, one with other ends of lines is another, and a buffer of its own is a call to the system for each.
 */
export function sendPooled(
  pool: BufferPool,
  target: SendTarget,
  encoding: TextEncoding,
  contents: readonly (string | Uint8Array)[],
): void {
  let buffer = pool.take()
  let end = 0
  for (const content of contents) {
    for (let from = 0; from < content.length;) {
      const to = endOfPart(content, from, PART)
      if (buffer !== undefined && end + roomFor(content, to - from) > POOLED) {
        hand(pool, target, buffer, end)
        buffer = pool.take()
        end = 0
      }
      const piece = part(content, from, to)
      if (buffer !== undefined) end = put(buffer, end, piece, encoding)
      else target.write(typeof piece === 'string' ? encoding.encodeText(piece) : piece)
      from = to
    }
  }
  if (buffer !== undefined) hand(pool, target, buffer, end)
}

/** Who gave it back before it is sent would send one user what was meant for another. */
function hand(pool: BufferPool, target: SendTarget, buffer: Buffer, end: number): void {
  if (end === 0) pool.giveBack(buffer)
  else target.write(buffer.subarray(0, end), () => pool.giveBack(buffer))
}

function part(content: string | Uint8Array, from: number, to: number): string | Uint8Array {
  if (from === 0 && to === content.length) return content
  return typeof content === 'string' ? content.slice(from, to) : content.subarray(from, to)
}

/** Text is put as far up as it may become longer, and moved down. */
function put(buffer: Buffer, at: number, content: string | Uint8Array, encoding: TextEncoding): number {
  if (typeof content !== 'string') {
    buffer.set(content, at)
    return at + content.length
  }
  const from = at + content.length
  const end = from + buffer.write(encoding.encodeReturns(content), from)
  return encoding.encodeLines(buffer, from, end, at)
}

/** In bytes. */
function roomFor(content: string | Uint8Array, length: number): number {
  return typeof content === 'string' ? (1 + MOST_BYTES) * length : length
}
