import { endOfPart } from '../../core/text/parts.ts'
import type { TextEncoding } from '../../core/text/text-encoding.ts'
import { POOLED_BYTES } from '../../platform/buffer-pool.ts'
import type { BufferPool } from '../../platform/buffer-pool.ts'
import { partOf } from './content.ts'
import type { Content } from './content.ts'

/** Where output goes. It encodes text as UTF-8. */
export interface SendTarget {
  /**
   * Takes data. `sent` is called when nothing needs `data` any more: it is in the system's hands,
   * or never will be. Returns bytes that it has not taken, where there are any, in memory of their
   * own.
   */
  write(data: string | Uint8Array, sent?: () => void): Uint8Array | boolean | void
}

/** How much is encoded at once, in UTF-16 units or bytes. */
const PART_CHARS = 16 * 1024
/** What a UTF-16 unit of UTF-8 takes at most. */
const BYTES_PER_CHAR = 3

/**
 * Sends as much of `contents` as one buffer of the pool holds, in one write, and returns the rest.
 * Without a free buffer, one part is sent directly.
 *
 * A string passed to a socket is copied to collected memory, and one with other line ends is
 * another copy. A buffer of its own is a system call each.
 */
export function sendPooled(
  pool: BufferPool,
  target: SendTarget,
  encoding: TextEncoding,
  contents: readonly Content[],
): readonly Content[] {
  const buffer = pool.take()
  if (buffer === undefined) return sendPart(target, encoding, contents)
  let end = 0
  for (const [index, content] of contents.entries()) {
    for (let from = 0; from < content.length;) {
      const to = endOfPart(content, from, PART_CHARS)
      if (end + mostBytes(content, to - from) > POOLED_BYTES) {
        const rest = [partOf(content, from, content.length), ...contents.slice(index + 1)]
        return withRest(writeBuffer(pool, target, buffer, end), rest)
      }
      end = put(buffer, end, partOf(content, from, to), encoding)
      from = to
    }
  }
  return withRest(writeBuffer(pool, target, buffer, end), [])
}

function sendPart(target: SendTarget, encoding: TextEncoding, [first, ...others]: readonly Content[]): Content[] {
  if (first === undefined) return []
  const end = endOfPart(first, 0, PART_CHARS)
  const piece = partOf(first, 0, end)
  const rest = end < first.length ? [partOf(first, end, first.length), ...others] : others
  return withRest(target.write(typeof piece === 'string' ? encoding.encodeText(piece) : piece), rest)
}

/**
 * Returns the buffer only after the write completes; otherwise its bytes could reach another user.
 */
function writeBuffer(
  pool: BufferPool,
  target: SendTarget,
  buffer: Buffer,
  end: number,
): ReturnType<SendTarget['write']> {
  if (end > 0) return target.write(buffer.subarray(0, end), () => pool.giveBack(buffer))
  pool.giveBack(buffer)
  return undefined
}

/** Puts what a target has not taken before what was not offered to it. */
export function withRest(untaken: ReturnType<SendTarget['write']>, rest: Content[]): Content[] {
  return typeof untaken === 'object' ? [untaken, ...rest] : rest
}

/** Puts text as far up as it may become longer, and moves it down. */
function put(buffer: Buffer, at: number, content: Content, encoding: TextEncoding): number {
  if (typeof content !== 'string') {
    buffer.set(content, at)
    return at + content.length
  }
  const from = at + content.length
  const end = from + buffer.write(encoding.encodeReturns(content), from)
  return encoding.encodeLines(buffer, from, end, at)
}

function mostBytes(content: Content, length: number): number {
  return typeof content === 'string' ? (1 + BYTES_PER_CHAR) * length : length
}
