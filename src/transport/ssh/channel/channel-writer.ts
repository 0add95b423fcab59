import type { OutputStream } from '../../../core/connection.ts'
import type { OutboxTarget } from '../../net/outbox.ts'
import { STDERR } from '../protocol/codes.ts'

/** The connection that a channel is part of. */
export interface ChannelCarrier {
  send(payload: Uint8Array): void
  data(channel: number, data: Buffer, extended: number | undefined): void
  /** Whether data may be sent now: no keys are being exchanged, and the socket is not behind. */
  readonly hasRoom: boolean
  /** The number of bytes that the system has not taken yet. */
  readonly unsent: number
  /** Runs `work`, and sends its output in one write. */
  batch(work: () => void): void
}

/** The peer's end of the channel, as declared at its opening. */
export interface RemoteEnd {
  readonly id: number
  readonly window: number
  readonly packetSize: number
}

/** The number of packets between two checks of the clock: the peer chooses their size. */
const PACKETS_AT_ONCE = 32

/**
 * Cuts a channel's output into packets, as far as the peer's window and the socket have room.
 *
 * The window does not show what a peer really reads: PuTTY grants 2 GiB, an attacker 4. So
 * `ChannelCarrier.hasRoom` bounds what is in flight. A peer would never widen a window that the
 * server made smaller.
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

  /** The number of bytes sent. */
  get sent(): number {
    return this.#sent
  }

  /** The backlog of the socket, which the connection's other channels share. */
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

  /** Widens the peer's window. Returns `false` if it exceeds the limit of RFC 4254 §5.2. */
  widen(bytes: number): boolean {
    if (this.#window + bytes > 2 ** 32 - 1) return false
    this.#window += bytes
    return true
  }

  /** Returns the part without room. Encryption copies the part that is sent. */
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
