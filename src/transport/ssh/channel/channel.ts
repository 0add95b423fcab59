import type { OutputStream, Traffic } from '../../../core/connection.ts'
import { Waiters } from '../../../core/waiters.ts'
import { MESSAGE, STDERR } from '../protocol/codes.ts'
import { TURNS, type Flushable } from '../../../platform/scheduler.ts'
import { Output } from './output.ts'
import { WireWriter } from '../protocol/wire.ts'

/**
 * One channel (RFC 4254 §5), after it was opened and until both sides have closed it: output through the peer's window and the
 * socket's patience, input through our own window.
 *
 * Output waits here while the peer's window is used up, while the socket is behind, and while keys are exchanged. A window says
 * nothing of what a peer really reads: PuTTY gives 2 GiB, an attacker 4. So it is `ChannelCarrier.hasRoom` that bounds what is
 * under way; a window made smaller would never be widened again.
 */
export class Channel implements Flushable {
  place: Flushable['place']
  readonly #carrier: ChannelCarrier
  readonly #remote: RemoteEnd
  readonly #output = new Output()
  /** What the peer may still send, and what it has sent and we have used since we last told it so. */
  #inWindow = IN_WINDOW
  #used = 0
  #outWindow: number
  #received = 0
  #sent = 0
  #last: readonly Uint8Array[] | undefined
  #sentClose = false
  readonly #drained = new Waiters()

  constructor(carrier: ChannelCarrier, remote: RemoteEnd) {
    this.#carrier = carrier
    this.#remote = remote
    this.#outWindow = remote.window
  }

  get id(): number {
    return this.#remote.id
  }

  get closing(): boolean {
    return this.#last !== undefined || this.#sentClose
  }

  /** What is written and not yet in the system's hands; the socket is shared with the connection's other channels. */
  get queued(): number {
    return this.#output.size + this.#carrier.unsent
  }

  get needsDrain(): boolean {
    return !this.closing && this.queued >= HIGH_WATER
  }

  /** Data both ways, as it was before encryption. */
  get traffic(): Traffic {
    return { received: this.#received, sent: this.#sent }
  }

  write(content: string | Uint8Array, stream: OutputStream): boolean {
    if (this.closing) return true
    if (typeof content === 'string') this.#output.text(content, stream)
    else this.#output.bytes(content, stream)
    TURNS.flushBehind(this)
    return !this.needsDrain
  }

  drained(): Promise<void> {
    if (this.#sentClose || this.queued < HIGH_WATER) return Promise.resolve()
    return this.#drained.wait()
  }

  /** The peer has asked for something, and waits for what is written in this turn. */
  asked(): void {
    TURNS.flushFirst(this)
  }

  /** Sends what waits, as far as the peer's window and the socket allow. */
  flush(): void {
    if (this.#sentClose) return
    this.#carrier.batch(() => this.#send())
    if (this.queued < HIGH_WATER) this.#drained.release()
  }

  /** After all that waits: `last`, an EOF, and the close. */
  end(last: readonly Uint8Array[]): void {
    if (this.closing) return
    this.#last = last
    TURNS.flushBehind(this)
  }

  /** Closes now; what waits is dropped. */
  close(): void {
    if (this.#sentClose) return
    this.#sentClose = true
    this.#output.clear()
    this.#carrier.send(message(MESSAGE.CHANNEL_CLOSE, this.id))
    this.#drained.release()
  }

  /** The connection is gone. */
  drop(): void {
    this.#sentClose = true
    this.#output.clear()
    this.#drained.release()
  }

  /** Takes what the peer has sent; `false` where it has sent more than it may. */
  admit(bytes: number): boolean {
    this.#inWindow -= bytes
    this.#received += bytes
    return this.#inWindow >= 0
  }

  /** Has the peer send more: `bytes` of what it sent have been used. */
  use(bytes: number): void {
    this.#used += bytes
    if (this.#used < IN_WINDOW / 2 || this.#sentClose) return
    this.#carrier.send(new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(this.id).uint32(this.#used).bytes())
    this.#inWindow += this.#used
    this.#used = 0
  }

  /** The peer can take more. `false` where the window becomes larger than RFC 4254 §5.2 lets it be. */
  widen(bytes: number): boolean {
    if (this.#outWindow + bytes > 2 ** 32 - 1) return false
    this.#outWindow += bytes
    this.flush()
    return true
  }

  /**
   * The peer says how large a packet may be: where it says one byte, others have their turns
   * between.
   */
  #send(): void {
    let packets = 0
    for (let stream = this.#output.stream; stream !== undefined; stream = this.#output.stream) {
      if (this.#outWindow === 0 || !this.#carrier.hasRoom) return
      if ((packets += 1) > MOST_PACKETS) return TURNS.flushBehind(this)
      const data = this.#output.take(Math.min(this.#outWindow, this.#remote.packetSize))
      this.#outWindow -= data.length
      this.#sent += data.length
      this.#carrier.data(this.id, data, stream === 'stderr' ? STDERR : undefined)
    }
    if (this.#last !== undefined) this.#finish(this.#last)
  }

  #finish(last: readonly Uint8Array[]): void {
    for (const payload of last) this.#carrier.send(payload)
    this.#carrier.send(message(MESSAGE.CHANNEL_EOF, this.id))
    this.close()
  }
}

/** The connection that a channel is part of. */
export interface ChannelCarrier {
  send(payload: Uint8Array): void
  data(channel: number, data: Buffer, extended: number | undefined): void
  /** Data may be sent now: no keys are being exchanged, and the socket is not behind. */
  readonly hasRoom: boolean
  /** Bytes that the system has not taken yet. */
  readonly unsent: number
  /** Runs `work`; what it sends leaves in one write. */
  batch(work: () => void): void
}

/** What the peer has said of its end when it opened the channel. */
export interface RemoteEnd {
  readonly id: number
  readonly window: number
  readonly packetSize: number
}

/** What a peer may send before we have used it: all that one channel's input can hold of memory. */
export const IN_WINDOW: number = 256 * 1024
/** The largest packet that we take, data alone: RFC 4253 §6.1 demands no more. */
export const IN_PACKET: number = 32 * 1024
/** Packets that are sent in one go. Of the usual size a third of them fills the socket. */
const MOST_PACKETS = 32
/** From here on `write` answers `false`. */
export const HIGH_WATER: number = 256 * 1024

export function message(type: number, channel: number): Buffer {
  return new WireWriter().byte(type).uint32(channel).bytes()
}
