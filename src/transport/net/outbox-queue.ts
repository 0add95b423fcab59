import type { OutputStream } from '../../core/connection.ts'
import type { TextEncoding } from '../../core/text/text-encoding.ts'
import type { Content } from './content.ts'

/** What follows belongs to this stream. */
interface StreamMark {
  readonly stream: OutputStream
}

export type OutboxPiece = Content | StreamMark

/**
 * Keeps what an outbox has not sent, in its order: content, and marks where another stream begins.
 * Each piece costs the same however many there are.
 */
export class OutboxQueue {
  #pieces: OutboxPiece[] = []
  /** Pieces before it are taken, and empty. */
  #head = 0

  /** It holds no piece, not even a mark. */
  get empty(): boolean {
    return this.#head === this.#pieces.length
  }

  push(piece: OutboxPiece): void {
    this.#pieces.push(piece)
  }

  /**
   * Encodes the text behind the last bytes, in its place, by what is agreed now. What is before
   * other bytes is encoded. Returns by how much it grew, from UTF-16 units to bytes.
   */
  encodeText(encoding: TextEncoding): number {
    let growth = 0
    for (let i = this.#pieces.length - 1; i >= this.#head; i--) {
      const piece = this.#pieces[i]
      if (piece instanceof Uint8Array) break
      if (typeof piece !== 'string') continue
      const bytes = Buffer.from(encoding.encodeText(piece))
      growth += bytes.length - piece.length
      this.#pieces[i] = bytes
    }
    return growth
  }

  /** Takes the marks at the front. Returns the stream of the last one. */
  takeStream(): OutputStream | undefined {
    let stream: OutputStream | undefined
    for (let piece = this.#pieces[this.#head]; piece !== undefined && isMark(piece); piece = this.#pieces[this.#head]) {
      stream = piece.stream
      this.#takeTo(this.#head + 1)
    }
    return stream
  }

  /** Takes the content before the next mark. */
  takeContents(): Content[] {
    const pieces = this.#pieces
    let end = this.#head
    while (end < pieces.length && !isMark(pieces[end] ?? '')) end += 1
    const isAll = this.#head === 0 && end === pieces.length
    const contents = (isAll ? pieces : pieces.slice(this.#head, end)) as Content[]
    if (isAll) this.#pieces = []
    else this.#takeTo(end)
    return contents
  }

  /** Puts content before all that waits. */
  putBack(contents: readonly Content[]): void {
    const start = this.#head - contents.length
    if (start >= 0) {
      for (const [i, content] of contents.entries()) this.#pieces[start + i] = content
      this.#head = start
    } else {
      this.#pieces = [...contents, ...this.#pieces.slice(this.#head)]
      this.#head = 0
    }
  }

  /** Frees what is taken. The array is cut when half of it is, so that each piece is moved once. */
  #takeTo(end: number): void {
    this.#pieces.fill('', this.#head, end)
    this.#head = end
    if (this.#head * 2 < this.#pieces.length) return
    this.#pieces = this.#pieces.slice(this.#head)
    this.#head = 0
  }
}

function isMark(piece: OutboxPiece): piece is StreamMark {
  return typeof piece === 'object' && 'stream' in piece
}
