import { TURNS } from './turn.ts'
import type { Flushable } from './turn.ts'

/** Where an outbox sends to: a stream, which encodes text as UTF-8. */
export interface OutboxTarget {
  write(data: string | Uint8Array): unknown
}

/** What text becomes on the wire. Called for all text of a turn at once: half a microsecond less for each command than piece by piece. */
export interface OutboxEncoder {
  encodeText(text: string): string
}

/** Beyond this many characters text is handed on at once, so that one command's bulk output does not gather here. */
const FLUSH_AT = 64 * 1024
/** How much one session may hand on before the others have their turn, in characters or bytes: the system's buffers alone would take several times as much. */
const SHARE = 256 * 1024
const LITTLE = 16 * 1024

/** Gathers what a session writes within a turn, and says when that is enough. */
export class Outbox implements Flushable {
  readonly #target: OutboxTarget
  readonly #encoder: OutboxEncoder
  /** What was written before `#text`. */
  #pieces: (string | Uint8Array)[] | undefined
  #text = ''
  #size = 0
  #scheduled = false
  #closed = false
  /** Since it was last the others' turn. */
  #handedOn = 0
  #nextTurn: Promise<void> | undefined

  constructor(target: OutboxTarget, encoder: OutboxEncoder) {
    this.#target = target
    this.#encoder = encoder
  }

  /** Characters and bytes that wait here. */
  get size(): number {
    return this.#size
  }

  /** Resolves when it is this session's turn again; `undefined` while it is. */
  get nextTurn(): Promise<void> | undefined {
    return this.#nextTurn
  }

  text(text: string): void {
    if (this.#closed || text === '') return
    // Long pieces are not put together, which would copy both.
    if (this.#text !== '' && this.#text.length + text.length > FLUSH_AT) this.sendInTurn()
    this.#text += text
    this.#size += text.length
    if (this.#text.length >= FLUSH_AT) this.sendInTurn()
    else this.#schedule()
  }

  bytes(bytes: Uint8Array): void {
    if (this.#closed) return
    this.#gather().push(bytes)
    this.#size += bytes.length
    if (this.#size >= FLUSH_AT) this.sendInTurn()
    else this.#schedule()
  }

  /** The turn is over. Whoever writes a little in each is no burden to the others, however long it goes on. */
  flush(): void {
    this.sendInTurn()
    if (this.#handedOn <= LITTLE) this.#handedOn = 0
  }

  /** Sends all that waits, in this session's turn: now, or when it comes. */
  sendInTurn(): void {
    this.#scheduled = false
    if (this.#nextTurn === undefined) this.#send()
  }

  /** Sends all that waits, now, and then nothing more. */
  finish(): void {
    this.#send()
    this.close()
  }

  #send(): void {
    this.#size = 0
    if (this.#pieces !== undefined) {
      const pieces = this.#gather()
      this.#pieces = undefined
      this.#handOn(joined(pieces))
    } else if (this.#text !== '') {
      const text = this.#text
      this.#text = ''
      this.#handOn(this.#encoder.encodeText(text))
    }
  }

  /** Nothing more is sent. */
  close(): void {
    this.#closed = true
    this.#text = ''
    this.#pieces = undefined
    this.#size = 0
  }

  #handOn(data: string | Uint8Array): void {
    this.#target.write(data)
    this.#handedOn += data.length
    if (this.#handedOn < SHARE) return
    this.#nextTurn ??= new Promise(resolve => {
      TURNS.runLater(() => {
        this.#handedOn = 0
        this.#nextTurn = undefined
        this.#send()
        resolve()
      })
    })
  }

  #gather(): (string | Uint8Array)[] {
    const pieces = (this.#pieces ??= [])
    if (this.#text !== '') pieces.push(this.#encoder.encodeText(this.#text))
    this.#text = ''
    return pieces
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    TURNS.flushAfter(this)
  }
}

/** One buffer, and so one plain write: 6 µs for a session's first bytes, after 8 by `cork` and `writev`. */
function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}
