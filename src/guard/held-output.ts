import type { Connection, OutputStream } from '../core/connection.ts'
import { endOfPart } from '../core/text/parts.ts'
import { Waiters } from '../core/async/waiters.ts'

/**
 * Output that waits as it was given: what is longer than a part, and all that comes after it, in its order. Parts go on while the peer has room, so that
 * what is made of them for the wire is never more than a transport cares to hold, and one part.
 */
export class HeldOutput {
  readonly #connection: Connection
  readonly #waiting: (Piece | (() => void))[] = []
  /** How much of the first piece has gone. */
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

  /** Bytes and characters that wait here. */
  get size(): number {
    return this.#size
  }

  /** Of those, what was added to be counted. */
  get counted(): number {
    return this.#counted
  }

  /** Text and bytes are kept by reference: nobody may change the bytes until they are gone. Answers whether there is room for more. */
  add(content: string | Uint8Array, stream: OutputStream | undefined, counted: boolean): boolean {
    // An empty piece would be counted by nobody.
    if (content.length > 0) this.#waiting.push({ content, stream, counted })
    this.#size += content.length
    if (counted) this.#counted += content.length
    return !this.#pumping && this.#pump()
  }

  /** Run when all that was added before has gone. */
  after(run: () => void): void {
    this.#waiting.push(run)
  }

  /** Resolves when nothing waits any more, here or in the connection. */
  drained(): Promise<void> {
    return this.#drained.wait()
  }

  /** Nothing more goes anywhere. */
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

/** The longest piece that is not taken apart, in bytes or UTF-16 units. In UTF-8 a part of it is at most 192 KiB. */
export const PART_CHARS: number = 64 * 1024
