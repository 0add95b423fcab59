import type { OutputStream } from '../../../core/connection.ts'

/** Output of one channel that is written and not yet sent: text and bytes in order, with the stream that each belongs to. */
export class Output {
  readonly #pieces: Piece[] = []
  /** The rest of the first piece, encoded. */
  #head: Buffer = NOTHING
  #headStream: OutputStream = 'stdout'
  #waiting = 0

  /** Bytes and characters that wait. */
  get size(): number {
    return this.#waiting + this.#head.length
  }

  text(text: string, stream: OutputStream): void {
    this.#waiting += text.length
    const last = this.#pieces.at(-1)
    if (last?.stream !== stream || typeof last.content !== 'string' || last.content.length >= LONGEST_JOINED) {
      this.#pieces.push({ content: text, stream })
      return
    }
    last.content += text
    if (last.content.length >= LONGEST_JOINED) this.#encode(last, last.content)
  }

  bytes(bytes: Uint8Array, stream: OutputStream): void {
    this.#waiting += bytes.length
    this.#pieces.push({ content: Buffer.from(bytes), stream })
  }

  /** The stream that the next bytes belong to; `undefined` where nothing waits. */
  get stream(): OutputStream | undefined {
    if (this.#head.length === 0) this.#encodeNext()
    return this.#head.length === 0 ? undefined : this.#headStream
  }

  /** The next bytes of `stream`, at most `most`. */
  take(most: number): Buffer {
    const taken = this.#head.subarray(0, most)
    this.#head = taken.length === this.#head.length ? NOTHING : this.#head.subarray(taken.length)
    return taken
  }

  /**
   * A text that was joined of many short ones keeps 40 times its length in memory; bytes do not.
   */
  #encode(piece: Piece, text: string): void {
    piece.content = Buffer.from(text)
    this.#waiting += piece.content.length - text.length
  }

  clear(): void {
    this.#pieces.length = 0
    this.#head = NOTHING
    this.#waiting = 0
  }

  #encodeNext(): void {
    const piece = this.#pieces.shift()
    if (piece === undefined) return
    this.#waiting -= piece.content.length
    this.#head = typeof piece.content === 'string' ? Buffer.from(piece.content) : piece.content
    this.#headStream = piece.stream
    if (this.#head.length === 0) this.#encodeNext()
  }
}

interface Piece {
  content: string | Buffer
  readonly stream: OutputStream
}

/** Short writes of one turn are joined; beyond this, one more piece costs nothing. */
const LONGEST_JOINED = 16_384
const NOTHING = Buffer.alloc(0)
