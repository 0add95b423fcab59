import type { OutputStream, Traffic } from '../../../core/connection.ts'
import { PIPE_TEXT, type TextEncoding } from '../../../core/text/text-encoding.ts'
import { BUFFERS } from '../../../platform/buffer-pool.ts'
import { SCHEDULER, type EventLoopScheduler } from '../../../platform/scheduler.ts'
import { Outbox } from '../../net/outbox.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { WireWriter } from '../protocol/wire.ts'
import { ChannelWriter, type ChannelCarrier, type RemoteEnd } from './channel-writer.ts'

/**
 * One channel (RFC 4254 §5), from its opening until both sides have closed it. Output goes through
 * the peer's window and the socket's room, input through the server's own window.
 *
 * Output waits while the peer's window is used up, while the socket is behind, and while keys are
 * exchanged.
 */
export class Channel {
  readonly id: number
  readonly #carrier: ChannelCarrier
  readonly #writer: ChannelWriter
  readonly #outbox: Outbox
  /** The stream of the last output. */
  #stream: OutputStream = 'stdout'
  /**
   * The bytes that the peer may still send. `#used` counts those we have used since the last window
   * adjustment.
   */
  #inWindow = IN_WINDOW_BYTES
  #used = 0
  #received = 0
  #ending = false
  #sentClose = false

  constructor(carrier: ChannelCarrier, remote: RemoteEnd, scheduler: EventLoopScheduler = SCHEDULER) {
    this.id = remote.id
    this.#carrier = carrier
    this.#writer = new ChannelWriter(carrier, remote)
    this.#outbox = new Outbox(this.#writer, PIPE_TEXT, BUFFERS, scheduler)
  }

  get closing(): boolean {
    return this.#ending || this.#sentClose
  }

  /** The output that the system has not taken yet. */
  get queued(): number {
    return this.#outbox.queued
  }

  get needsDrain(): boolean {
    return this.#outbox.needsDrain
  }

  /** Data both ways, counted before encryption. */
  get traffic(): Traffic {
    return { received: this.#received, sent: this.#writer.sent }
  }

  /** Sets the encoding of later text. */
  encodeTextAs(encoding: TextEncoding): void {
    this.#outbox.encoding = encoding
  }

  write(content: string | Uint8Array, stream: OutputStream): boolean {
    if (stream !== this.#stream) this.#outbox.selectStream((this.#stream = stream))
    return typeof content === 'string' ? this.#outbox.text(content) : this.#outbox.bytes(content)
  }

  drained(): Promise<void> {
    return this.#outbox.drained()
  }

  /** The peer has requested something, and waits for the output of this turn. */
  prioritize(): void {
    this.#outbox.prioritize()
  }

  /** Sends waiting output, as far as there is room again. */
  resume(): void {
    this.#outbox.resume()
  }

  /** Ends after all waiting output: sends `last`, an EOF, and the close. */
  end(last: readonly Uint8Array[]): void {
    if (this.closing) return
    this.#ending = true
    this.#outbox.end(() => this.#finish(last))
  }

  /** Closes now, and drops waiting output. */
  close(): void {
    if (this.#sentClose) return
    this.#sentClose = true
    this.#outbox.close()
    this.#carrier.send(message(MESSAGE.CHANNEL_CLOSE, this.id))
  }

  /** Drops everything: the connection is closed. */
  drop(): void {
    this.#sentClose = true
    this.#outbox.close()
  }

  /** Counts data of the peer. Returns `false` if it exceeds the window. */
  admit(bytes: number): boolean {
    this.#inWindow -= bytes
    this.#received += bytes
    return this.#inWindow >= 0
  }

  /** Counts `bytes` of input as used, and widens the window after half of it. */
  use(bytes: number): void {
    this.#used += bytes
    if (this.#used < IN_WINDOW_BYTES / 2 || this.#sentClose) return
    this.#carrier.send(new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(this.id).uint32(this.#used).bytes())
    this.#inWindow += this.#used
    this.#used = 0
  }

  /** Widens the peer's window. Returns `false` if it becomes too large. */
  widen(bytes: number): boolean {
    if (!this.#writer.widen(bytes)) return false
    this.#outbox.resume()
    return true
  }

  #finish(last: readonly Uint8Array[]): void {
    for (const payload of last) this.#carrier.send(payload)
    this.#carrier.send(message(MESSAGE.CHANNEL_EOF, this.id))
    this.close()
  }
}

/** The server's window of one channel. It bounds the memory of the channel's unused input. */
export const IN_WINDOW_BYTES: number = 256 * 1024
/** The largest packet accepted, data alone: RFC 4253 §6.1 demands no more. */
export const IN_PACKET_BYTES: number = 32 * 1024

export function message(type: number, channel: number): Buffer {
  return new WireWriter().byte(type).uint32(channel).bytes()
}
