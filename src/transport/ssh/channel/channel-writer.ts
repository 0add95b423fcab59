import type { OutputStream } from '../../../core/connection.ts'
import type { OutboxTarget } from '../../net/outbox.ts'
import { STDERR } from '../protocol/codes.ts'

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

/** How many packets are sent between two looks at the clock: the peer says how large one may be. */
const PACKETS_AT_ONCE = 32

/**
 * Cuts a channel's output into packets, as far as the peer's window and the socket have room.
 *
 * A window says nothing of what a peer really reads: PuTTY gives 2 GiB, an attacker 4. So it is
 * `ChannelCarrier.hasRoom` that bounds what is under way; a window made smaller would never be
 * widened again.
 */
export class ChannelWriter implements OutboxTarget {
  readonly highWaterBytes: number = 256 * 1024
  readonly #carrier: ChannelCarrier
  readonly #remote: RemoteEnd
  #window: number
  #stream: OutputStream = 'stdout'
  #sent = 0

  constructor(carrier: ChannelCarrier, remote: RemoteEnd) {
    this.#carrier = carrier
    this.#remote = remote
    this.#window = remote.window
  }

  /** How much was sent, in bytes. */
  get sent(): number {
    return this.#sent
  }

  /** The socket is shared with the connection's other channels. */
  get writableLength(): number {
    return this.#carrier.unsent
  }

  get isBlocked(): boolean {
    return this.#window === 0 || !this.#carrier.hasRoom
  }

  batch(work: () => void): void {
    this.#carrier.batch(work)
  }

  selectStream(stream: OutputStream): void {
    this.#stream = stream
  }

  /** Lets the peer take more. `false` where the window becomes larger than RFC 4254 §5.2 allows. */
  widen(bytes: number): boolean {
    if (this.#window + bytes > 2 ** 32 - 1) return false
    this.#window += bytes
    return true
  }

  /** Returns what has found no room. Encryption copies what is sent. */
  write(data: string | Uint8Array, sent?: () => void): Uint8Array | undefined {
    const bytes = bufferOf(data)
    let at = 0
    this.batch(() => {
      for (let packets = 0; packets < PACKETS_AT_ONCE && at < bytes.length && !this.isBlocked; packets++)
        at += this.#sendPacket(bytes, at)
    })
    // With `sent` the memory belongs to a pool that reuses it.
    const rest = at === bytes.length ? undefined : bytes.subarray(at)
    const untaken = rest && sent ? Buffer.from(rest) : rest
    sent?.()
    return untaken
  }

  #sendPacket(bytes: Buffer, from: number): number {
    const length = Math.min(this.#window, this.#remote.packetSize, bytes.length - from)
    this.#window -= length
    this.#sent += length
    const extended = this.#stream === 'stderr' ? STDERR : undefined
    this.#carrier.data(this.#remote.id, bytes.subarray(from, from + length), extended)
    return length
  }
}

function bufferOf(data: string | Uint8Array): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return Buffer.from(data.buffer, data.byteOffset, data.length)
}
