import { isWhole } from '../../core/parts.ts'
import type { BufferPool } from '../../platform/buffer-pool.ts'
import { sendPooled } from './send-pooled.ts'
import type { SendTarget, TextEncoding } from './send-pooled.ts'
import { TURNS } from '../../platform/scheduler.ts'
import type { Flushable, Scheduler } from '../../platform/scheduler.ts'

/** Where an outbox sends to. */
export interface OutboxTarget extends SendTarget {
  /** How much of what was written before waits until the peer has read, in bytes or characters. */
  readonly writableLength: number
}

/** How much may wait to be sent before writers are asked to wait, in characters and bytes. */
const HIGH_WATER = 128 * 1024
/** Beyond this many characters and bytes all is handed on at once, so that one command's bulk output does not gather here. */
const FLUSH_AT = 64 * 1024
/** In characters: from here on a piece is encoded by itself, because to put it together with others would copy it once more. */
const LONG = 4 * 1024
/** From one `flush` to the next, in characters or bytes: what is more takes time that is everybody's. */
const LITTLE = 16 * 1024

/**
 * Gathers what a session writes within a turn. What answers its peer leaves when the turn is over, other things behind that. A little of it is sent then, whatever the
 * others do. Much is sent as long as the session has a share of the turn, and the rest when it has another: the system's buffers alone would take megabytes of each.
 */
export class Outbox implements Flushable {
  place: Flushable['place']
  readonly #target: OutboxTarget
  readonly #encoding: TextEncoding
  readonly #pool: BufferPool | undefined
  readonly #turns: Scheduler
  /** What was written before `#text`: text as it was written, bytes, and text before them as bytes. */
  #pieces: (string | Uint8Array)[] | undefined
  #text = ''
  #size = 0
  #closed = false
  /** Since the last `flush`. */
  #handedOn = 0
  /** Of this session's share; `undefined` until there is much to send. */
  #shareEnd: number | undefined
  #nextTurn: Promise<void> | undefined

  /** `pool`: only where the target calls `sent` no sooner than it says. */
  constructor(target: OutboxTarget, encoding: TextEncoding, pool?: BufferPool, turns: Scheduler = TURNS) {
    this.#target = target
    this.#encoding = encoding
    this.#pool = pool
    this.#turns = turns
  }

  /** Characters and bytes that wait, here and for the peer to read. */
  get queued(): number {
    return this.#size + this.#target.writableLength
  }

  /** More waits than a writer may add to. Whether it is this session's turn plays no part in it. */
  get needsDrain(): boolean {
    return this.#size + this.#target.writableLength >= HIGH_WATER
  }

  /** Resolves when it is this session's turn again; `undefined` while it is. */
  get nextTurn(): Promise<void> | undefined {
    return this.#nextTurn
  }

  /** Returns whether the writer may go on: there is room, and it is this session's turn. */
  text(text: string): boolean {
    if (this.#closed) return true
    if (text.length < LONG || !isWhole(text)) this.#text += text
    else this.#addLong(text)
    return this.#added(text.length)
  }

  /** Returns the same as `text`. */
  bytes(bytes: Uint8Array): boolean {
    if (this.#closed) return true
    if (bytes.length > 0) this.#addBytes(bytes)
    return this.#added(bytes.length)
  }

  #added(length: number): boolean {
    this.#size += length
    if (this.#size >= FLUSH_AT) this.sendInTurn()
    else if (this.place === undefined && this.#size > 0) this.#turns.flushBehind(this)
    return this.#nextTurn === undefined && this.#size + this.#target.writableLength < HIGH_WATER
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
    const size = this.#size
    if (size === 0) return
    this.#size = 0
    this.#handedOn += size
    const text = this.#text
    this.#text = ''
    const pieces = this.#pieces
    this.#pieces = undefined
    if (pieces === undefined && size < LONG) this.#target.write(this.#encoding.encodeText(text))
    else this.#sendPieces(pieces ?? [], text, size)
  }

  #sendPieces(pieces: (string | Uint8Array)[], text: string, size: number): void {
    if (text !== '') pieces.push(text)
    // Who is behind with reading would keep for long what others could use.
    if (this.#pool === undefined || size < LITTLE || this.#target.writableLength > 0)
      this.#target.write(
        joined(pieces.map(piece => (typeof piece === 'string' ? this.#encoding.encodeText(piece) : piece))),
      )
    else sendPooled(this.#pool, this.#target, this.#encoding, pieces)
  }

  /** Nothing more is sent. */
  close(): void {
    this.#closed = true
    this.#text = ''
    this.#pieces = undefined
    this.#size = 0
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

  #addLong(text: string): void {
    const pieces = (this.#pieces ??= [])
    const before = this.#text
    this.#text = ''
    if (before === '') pieces.push(text)
    else if (isWhole(before)) pieces.push(before, text)
    else pieces.push(before + text)
  }

  /** Text before them is encoded by what is agreed now: they may agree on something else. */
  #addBytes(bytes: Uint8Array): void {
    const pieces = (this.#pieces ??= [])
    if (this.#text !== '') pieces.push(this.#text)
    this.#text = ''
    for (let i = pieces.length - 1; i >= 0; i--) {
      const piece = pieces[i]
      // What was written before other bytes is encoded already.
      if (typeof piece !== 'string') break
      pieces[i] = Buffer.from(this.#encoding.encodeText(piece))
    }
    pieces.push(bytes)
  }
}

/** One piece, and so one plain write: 6 µs for a session's first bytes, after 8 by `cork` and `writev`. */
function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  if (pieces.every(piece => typeof piece === 'string')) return pieces.join('')
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}
