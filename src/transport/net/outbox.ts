import type { OutputStream } from '../../core/connection.ts'
import { isWhole } from '../../core/text/parts.ts'
import type { TextEncoding } from '../../core/text/text-encoding.ts'
import { Waiters } from '../../core/async/waiters.ts'
import type { BufferPool } from '../../platform/buffer-pool.ts'
import { SCHEDULER } from '../../platform/scheduler.ts'
import type { Flushable, EventLoopScheduler } from '../../platform/scheduler.ts'
import { joined, lengthOf } from './content.ts'
import type { Content } from './content.ts'
import { OutboxQueue } from './outbox-queue.ts'
import { sendPooled, withRest } from './send-pooled.ts'
import type { SendTarget } from './send-pooled.ts'

/** Where an outbox sends to: a socket, or a channel on one. */
export interface OutboxTarget extends SendTarget {
  /** How much of what was written before waits until the peer has read, in bytes or characters. */
  readonly writableLength: number
  /** From here on writers are asked to wait. Absent: 128 KiB. */
  readonly highWaterBytes?: number
  /** It takes nothing now, and calls `resume` when it does. Absent: it always takes all. */
  readonly isBlocked?: boolean
  /** What is written next belongs to this stream. Absent: there is only one. */
  selectStream?(stream: OutputStream): void
  /** Runs `work`; what it sends leaves in one write. Absent: each write is one. */
  batch?(work: () => void): void
  /** Calls back when all is read. Absent: `resume` is called instead. */
  once?(event: 'drain', run: () => void): unknown
}

/** How much of one session may wait before writers are asked to wait, in bytes or characters. */
const HIGH_WATER_BYTES = 128 * 1024
/**
 * From here on all is handed on at once, so that one command's bulk output does not gather here.
 */
const FLUSH_AT_BYTES = 64 * 1024
/** From here on a piece is encoded by itself; joining it to others would copy it once more. */
const LONG_CHARS = 4 * 1024
/** From one `flush` to the next; more than that takes time that is everybody's. */
const LITTLE_BYTES = 16 * 1024

/**
 * Gathers what a session writes within a turn, in one order. Replies to its peer leave when the
 * turn is over, everything else behind them.
 *
 * A little output is sent then in any case. Much output is sent during the session's time slice,
 * and the rest in its next one. Otherwise the system's buffers alone would take megabytes of each.
 */
export class Outbox implements Flushable {
  place: Flushable['place']
  /** How text is encoded from now on. */
  encoding: TextEncoding
  readonly #target: OutboxTarget
  readonly #pool: BufferPool | undefined
  readonly #scheduler: EventLoopScheduler
  /** What was written before `#text`. Made for the first piece: most output is short text. */
  #queue: OutboxQueue | undefined
  #text = ''
  #size = 0
  #closed = false
  /** Since the last `flush`. */
  #sentInTurn = 0
  /** `undefined` until there is much to send. */
  #sliceEnd: number | undefined
  #nextTurn: Promise<void> | undefined
  /** Writers that wait for room. Made for the first: most sessions never have one. */
  #waiters: Waiters | undefined
  #onEmpty: (() => void) | undefined

  /** `pool`: only where the target calls `sent` no sooner than it says. */
  constructor(
    target: OutboxTarget,
    encoding: TextEncoding,
    pool?: BufferPool,
    scheduler: EventLoopScheduler = SCHEDULER,
  ) {
    this.#target = target
    this.encoding = encoding
    this.#pool = pool
    this.#scheduler = scheduler
  }

  /** Characters and bytes that wait here, and in the target. */
  get queued(): number {
    return this.#size + this.#target.writableLength
  }

  /** Whether it is this session's turn has no part in it: that says nothing of the peer's speed. */
  get needsDrain(): boolean {
    return (
      !this.#closed && this.#size + this.#target.writableLength >= (this.#target.highWaterBytes ?? HIGH_WATER_BYTES)
    )
  }

  /** Resolves when it is this session's turn again; `undefined` while it is. */
  get nextTurn(): Promise<void> | undefined {
    return this.#nextTurn
  }

  /** Returns `false` where the writer is to wait for `drained`. */
  text(text: string): boolean {
    if (this.#closed) return true
    if (text.length < LONG_CHARS || !isWhole(text)) this.#text += text
    else this.#addLong(text)
    return this.#added(text.length)
  }

  bytes(bytes: Uint8Array): boolean {
    if (this.#closed) return true
    if (bytes.length > 0) this.#addBytes(bytes)
    return this.#added(bytes.length)
  }

  /** What is written from now on belongs to `stream`. */
  selectStream(stream: OutputStream): void {
    this.#queueText().push({ stream })
  }

  /** A writer that waits lets the others have their turn, too. */
  #added(length: number): boolean {
    this.#size += length
    if (this.#size >= FLUSH_AT_BYTES) this.sendInTurn()
    else if (this.place === undefined && this.#size > 0) this.#scheduler.flushBehind(this)
    return (
      this.#nextTurn === undefined &&
      this.#size + this.#target.writableLength < (this.#target.highWaterBytes ?? HIGH_WATER_BYTES)
    )
  }

  /** The peer has asked for something, and waits for what is written in this turn. */
  prioritize(): void {
    if (this.place !== 'first') this.#scheduler.flushFirst(this)
  }

  /** The turn is over. */
  flush(): void {
    this.sendInTurn()
    this.#sentInTurn = 0
    this.#sliceEnd = undefined
    if (this.#waiters !== undefined && !this.needsDrain) this.#waiters.release()
  }

  /** The target may take something again. */
  resume(): void {
    this.sendInTurn()
    if (this.#waiters !== undefined && !this.needsDrain) this.#waiters.release()
  }

  /** Sends all that waits, in this session's turn: now, or when it comes. */
  sendInTurn(): void {
    if (this.#nextTurn !== undefined || (this.#size === 0 && this.#onEmpty === undefined)) return
    if (this.#target.isBlocked && this.#size > 0) this.#compact()
    else if (this.#sentInTurn + this.#size > LITTLE_BYTES && this.#isSliceOver()) this.#wait()
    else this.#send()
  }

  /** Resolves when there is room, and this session has its turn; or when it is closed. */
  drained(): Promise<void> {
    this.sendInTurn()
    if (this.#nextTurn !== undefined) return this.#nextTurn.then(() => this.drained())
    if (!this.needsDrain) return Promise.resolve()
    const waiters = (this.#waiters ??= new Waiters())
    if (waiters.empty) this.#target.once?.('drain', () => waiters.release())
    return waiters.wait()
  }

  /** Sends all that waits, now, and then nothing more. */
  finish(): void {
    while (this.#size > 0) this.#sendQueued()
    this.close()
  }

  /** Takes nothing more; calls `onEmpty` when all that waits is sent. */
  end(onEmpty: () => void): void {
    this.#closed = true
    this.#onEmpty = onEmpty
    this.#scheduler.flushBehind(this)
  }

  /** Sends nothing more. */
  close(): void {
    this.#closed = true
    this.#onEmpty = undefined
    this.#text = ''
    this.#queue = undefined
    this.#size = 0
    this.#waiters?.release()
  }

  /** Sends as much as may go without a look at the clock, and so on. */
  #send(isBatch = false): void {
    const isOneWrite = this.#onEmpty === undefined && this.#queue === undefined
    if (!isBatch && !isOneWrite && this.#target.batch !== undefined) return this.#target.batch(() => this.#send(true))
    while (this.#size > 0) {
      const size = this.#size
      if (this.#queue === undefined && size < LONG_CHARS) this.#sendText()
      else this.#sendQueued()
      this.#sentInTurn += size - this.#size
      if (this.#size === 0) break
      if (this.#target.isBlocked) return
      if (this.#isSliceOver()) return this.#wait()
    }
    const onEmpty = this.#onEmpty
    this.#onEmpty = undefined
    onEmpty?.()
  }

  #sendText(): void {
    const text = this.#text
    this.#text = ''
    this.#size = 0
    const untaken = this.#target.write(this.encoding.encodeText(text))
    if (typeof untaken === 'object') this.#putBack([untaken])
  }

  /** Sends what waits for one stream. */
  #sendQueued(): void {
    const queue = this.#queueText()
    const stream = queue.takeStream()
    if (stream !== undefined) this.#target.selectStream?.(stream)
    const contents = queue.takeContents()
    this.#size -= lengthOf(contents)
    if (queue.empty) this.#queue = undefined
    if (contents.length > 0) this.#putBack(this.#offer(contents))
  }

  /** Keeps what was not taken, before what was written meanwhile. */
  #putBack(contents: readonly Content[]): void {
    if (contents.length === 0) return
    this.#queue ??= new OutboxQueue()
    this.#queue.putBack(contents)
    this.#size += lengthOf(contents)
  }

  /** Lends no memory to a peer that is behind with reading, nor to bytes that need no copy. */
  #offer(contents: Content[]): readonly Content[] {
    const size = lengthOf(contents)
    const isOneArray = contents.length === 1 && typeof contents[0] !== 'string'
    const fits = size >= LITTLE_BYTES && !isOneArray && this.#target.writableLength === 0
    if (this.#pool !== undefined && fits) return sendPooled(this.#pool, this.#target, this.encoding, contents)
    const all = joined(contents.map(each => (typeof each === 'string' ? this.encoding.encodeText(each) : each)))
    return withRest(this.#target.write(all), [])
  }

  /**
   * Its slice begins when it is first asked for, and lasts until `flush`, which is to be called for
   * that.
   */
  #isSliceOver(): boolean {
    this.#scheduler.flushBehind(this)
    this.#sliceEnd ??= this.#scheduler.sliceEnd()
    return this.#scheduler.now() >= this.#sliceEnd
  }

  #wait(): void {
    this.#nextTurn = new Promise(resolve => {
      this.#scheduler.defer(() => {
        this.#nextTurn = undefined
        this.#sliceEnd = undefined
        if (this.#target.isBlocked !== true) this.#send()
        this.#scheduler.flushBehind(this)
        resolve()
      })
    })
  }

  #addLong(text: string): void {
    const before = this.#text
    this.#text = ''
    const queue = (this.#queue ??= new OutboxQueue())
    if (before === '') queue.push(text)
    else if (isWhole(before)) {
      queue.push(before)
      queue.push(text)
    } else queue.push(before + text)
  }

  /** Text before them is encoded by what is agreed now: they may agree on something else. */
  #addBytes(bytes: Uint8Array): void {
    const queue = this.#queueText()
    this.#size += queue.encodeText(this.encoding)
    queue.push(bytes)
  }

  /** Text that was joined of many short ones keeps 40 times its length in memory; bytes do not. */
  #compact(): void {
    if (this.#text.length < LONG_CHARS || !isWhole(this.#text)) return
    const bytes = Buffer.from(this.encoding.encodeText(this.#text))
    this.#size += bytes.length - this.#text.length
    this.#text = ''
    ;(this.#queue ??= new OutboxQueue()).push(bytes)
  }

  /** Puts the text behind all that waits. */
  #queueText(): OutboxQueue {
    const queue = (this.#queue ??= new OutboxQueue())
    if (this.#text !== '') queue.push(this.#text)
    this.#text = ''
    return queue
  }
}
