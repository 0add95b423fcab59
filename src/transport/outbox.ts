import { TURNS } from './turn.ts'
import type { Flushable, Turns } from './turn.ts'

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
/** From one `flush` to the next, in characters or bytes: what is more takes time that is everybody's. */
const LITTLE = 16 * 1024

/**
 * Gathers what a session writes within a turn. What answers its peer leaves when the turn is over, other things behind that. A little of it is sent then, whatever the
 * others do. Much is sent as long as the session has a share of the turn, and the rest when it has another: the system's buffers alone would take megabytes of each.
 */
export class Outbox implements Flushable {
  place: Flushable['place']
  readonly #target: OutboxTarget
  readonly #encoder: OutboxEncoder
  readonly #turns: Turns
  /** What was written before `#text`. */
  #pieces: (string | Uint8Array)[] | undefined
  #text = ''
  #size = 0
  #closed = false
  /** Since the last `flush`. */
  #handedOn = 0
  /** Of this session's share; `undefined` until there is much to send. */
  #shareEnd: number | undefined
  #nextTurn: Promise<void> | undefined

  constructor(target: OutboxTarget, encoder: OutboxEncoder, turns: Turns = TURNS) {
    this.#target = target
    this.#encoder = encoder
    this.#turns = turns
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
    else this.#turns.flushBehind(this)
  }

  bytes(bytes: Uint8Array): void {
    if (this.#closed) return
    this.#gather().push(bytes)
    this.#size += bytes.length
    if (this.#size >= FLUSH_AT) this.sendInTurn()
    else this.#turns.flushBehind(this)
  }

  /** The peer has asked for something, and waits for what is written in this turn. */
  asked(): void {
    this.#turns.flushFirst(this)
  }

  /** The turn is over. */
  flush(): void {
    this.sendInTurn()
    this.#handedOn = 0
    this.#shareEnd = undefined
  }

  /** Sends all that waits, in this session's turn: now, or when it comes. */
  sendInTurn(): void {
    if (this.#nextTurn !== undefined || this.#size === 0) return
    if (this.#handedOn + this.#size > LITTLE && this.#hasHadShare()) this.#wait()
    else this.#send()
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
  }

  /** Its share begins when it is first asked for, and lasts until `flush`, which is to be called for that. */
  #hasHadShare(): boolean {
    this.#turns.flushBehind(this)
    this.#shareEnd ??= this.#turns.share()
    return this.#turns.now() >= this.#shareEnd
  }

  #wait(): void {
    this.#nextTurn = new Promise(resolve => {
      this.#turns.runLater(() => {
        this.#nextTurn = undefined
        this.#shareEnd = undefined
        this.#send()
        this.#turns.flushBehind(this)
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
}

/** One buffer, and so one plain write: 6 µs for a session's first bytes, after 8 by `cork` and `writev`. */
function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}
