import type { Connection, OutputStream } from '../core/connection.ts'
import { endOfPart } from '../core/text/parts.ts'
import { Waiters } from '../core/async/waiters.ts'

/**
 * Holds output in order: pieces longer than a part, and everything after them. Parts continue while
 * the peer has room. So their encoding never exceeds the transport's own bound and one part.
 */
export class HeldOutput {
  readonly #connection: Connection
  readonly #waiting: (Piece | (() => void))[] = []
  /** How much of the first piece has been written. */
  #gone = 0
  #size = 0
  #counted = 0
  #pumping = false
  readonly #drained = new Waiters()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  /** The bytes and characters that wait here. */
  get size(): number {
    return this.#size
  }

  /** The part of them that was added to be counted. */
  get counted(): number {
    return this.#counted
  }

  /**
   * Adds a piece, and returns whether there is room for more. Text and bytes are kept by reference:
   * the bytes must not change until they are written.
   */
  add(content: string | Uint8Array, stream: OutputStream | undefined, counted: boolean): boolean {
    // An empty piece would be counted for ever.
    if (content.length > 0) this.#waiting.push({ content, stream, counted })
    this.#size += content.length
    if (counted) this.#counted += content.length
    return !this.#pumping && this.#pump()
  }

  /** Runs a function once all pieces added before are written. */
  after(run: () => void): void {
    this.#waiting.push(run)
  }

  /** Resolves when nothing waits any more, here or in the connection. */
  drained(): Promise<void> {
    return this.#drained.wait()
  }

  /** Drops everything that waits. */
  clear(): void {
    this.#waiting.length = 0
    this.#gone = 0
    this.#size = 0
    this.#counted = 0
    this.#drained.release()
  }

  #pump(): boolean {
    this.#pumping = false
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (typeof next === 'function') {
        this.#waiting.shift()
        next()
      } else if (!this.#handOn(next)) return this.#wait()
    }
    this.#drained.release()
    return true
  }

  #wait(): boolean {
    this.#pumping = true
    void this.#connection.drained().then(() => this.#pump())
    return false
  }

  #handOn({ content, stream, counted }: Piece): boolean {
    const from = this.#gone
    const to = endOfPart(content, from, PART_CHARS)
    this.#size -= to - from
    if (counted) this.#counted -= to - from
    this.#gone = to
    if (to === content.length) this.#next()
    return typeof content === 'string'
      ? this.#connection.write(content.slice(from, to), stream)
      : this.#connection.writeBytes(content.subarray(from, to), stream)
  }

  #next(): void {
    this.#waiting.shift()
    this.#gone = 0
  }
}

interface Piece {
  readonly content: string | Uint8Array
  readonly stream: OutputStream | undefined
  readonly counted: boolean
}

/**
 * The longest piece that is not split, in bytes or UTF-16 units. In UTF-8 a part of it is at most
 * 192 KiB.
 */
export const PART_CHARS: number = 64 * 1024
