import { flushAfterTurn } from './turn.ts'
import type { Flushable } from './turn.ts'

/** Where an outbox sends to: a stream, which encodes text as UTF-8. */
export interface OutboxTarget {
  write(data: string | Uint8Array): unknown
}

/** Beyond this many characters text is handed on at once, so that one command's bulk output does not gather here. */
const FLUSH_AT = 64 * 1024

/** Gathers what a session writes within a turn. */
export class Outbox implements Flushable {
  readonly #target: OutboxTarget
  readonly #pieces: (string | Uint8Array)[] = []
  #text = ''
  #size = 0
  #scheduled = false
  #closed = false

  constructor(target: OutboxTarget) {
    this.#target = target
  }

  /** Characters and bytes that wait here. */
  get size(): number {
    return this.#size
  }

  text(text: string): void {
    if (this.#closed || text === '') return
    this.#text += text
    this.#size += text.length
    if (this.#text.length >= FLUSH_AT) this.flush()
    else this.#schedule()
  }

  bytes(bytes: Uint8Array): void {
    if (this.#closed) return
    this.#gather()
    this.#pieces.push(bytes)
    this.#size += bytes.length
    if (this.#size >= FLUSH_AT) this.flush()
    else this.#schedule()
  }

  /** Sends all that waits, now. */
  flush(): void {
    this.#scheduled = false
    const text = this.#text
    this.#size = 0
    if (this.#pieces.length === 0) {
      this.#text = ''
      if (text !== '') this.#target.write(text)
      return
    }
    this.#gather()
    this.#target.write(joined(this.#pieces.splice(0)))
  }

  /** Nothing more is sent. */
  close(): void {
    this.#closed = true
    this.#text = ''
    this.#pieces.length = 0
    this.#size = 0
  }

  #gather(): void {
    if (this.#text === '') return
    this.#pieces.push(this.#text)
    this.#text = ''
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    flushAfterTurn(this)
  }
}

/** One buffer, and so one plain write: 6 µs for a session's first bytes, after 8 by `cork` and `writev`. */
function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}
