import { flushAfterTurn } from './turn.ts'
import type { Flushable } from './turn.ts'

/** Where an outbox sends to: a stream, which encodes text as UTF-8. */
export interface OutboxTarget {
  write(data: string | Uint8Array): unknown
  /** Several writes follow each other until `uncork`, and may leave together. */
  cork(): void
  uncork(): void
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
    this.#target.cork()
    for (const piece of this.#pieces.splice(0)) this.#target.write(piece)
    this.#target.uncork()
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
