import type { Cancel, Clock } from '../../../core/time/clock.ts'
import { MESSAGE } from './codes.ts'
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts'
import { isInRuntime } from './runtime.ts'
import { unpooledCopy } from './ssh2/kept-bytes.ts'
import { TransportLayer, type TransportLayerHost, type TransportLayerSettings } from './ssh2/transport-layer.ts'
import { VersionLine } from './version-line.ts'
import { WireWriter } from './wire.ts'

/**
 * The transport layer of SSH (RFC 4253) on one connection: bytes from the socket become messages,
 * messages become bytes. What ssh2 leaves undone is done here: new keys in time, a bound on what
 * waits for them, the list of signatures that we verify (RFC 8308), and an answer to unknown
 * messages.
 */
export class Packets implements TransportLayerHost {
  readonly #layer: TransportLayer
  readonly #settings: PacketSettings
  readonly #host: PacketHost
  /** Until it is whole. */
  #versionLine: VersionLine | undefined = new VersionLine()
  #ready = false
  #closed = false
  /** Both ways, since the last key exchange. */
  #bytes = 0
  #keysSince: number
  /**
   * Until when the key exchanges that a client has asked for, and paid with little data, are too
   * many.
   */
  #cheapUntil = -Infinity
  #exchangeDeadline: Cancel | undefined

  constructor(settings: PacketSettings, host: PacketHost) {
    this.#settings = settings
    this.#host = host
    this.#keysSince = settings.clock.now()
    this.#layer = new TransportLayer(settings, IDENTIFICATION, this)
  }

  /** Sends our version (RFC 4253 §4.2); then packets may come. */
  start(): void {
    this.write(IDENTIFICATION_LINE)
  }

  /**
   * Takes bytes from the socket. Throws where they cannot be SSH: then the connection is to be
   * closed.
   */
  receive(chunk: Buffer): void {
    this.#bytes += chunk.length
    const bytes = this.#versionLine === undefined ? chunk : this.#versionLine.add(chunk)
    if (bytes === undefined) return
    this.#versionLine = undefined
    this.#layer.receive(bytes)
    if (this.#closed) return
    this.#watchExchange()
    this.#renewKeys()
  }

  /** Sends a message of ours. While keys are exchanged it waits for them. */
  send(payload: Uint8Array): void {
    if (this.#closed) return
    this.#layer.send(payload)
    if (this.#layer.waiting > MOST_QUEUED_PACKETS) this.#host.failed('too much waits for new keys')
  }

  /** Sends channel data. Only when not `exchanging`, so that what waits for keys stays small. */
  data(channel: number, data: Buffer, extended: number | undefined): void {
    if (this.#closed) return
    this.#layer.data(channel, data, extended)
    this.#renewKeys()
  }

  /** Keys are being exchanged: data must wait until `PacketHost.exchanged`. */
  get exchanging(): boolean {
    return this.#layer.exchanging
  }

  /** What signatures are bound to (RFC 4252 §7). */
  get sessionId(): Uint8Array {
    return this.#layer.sessionId
  }

  /**
   * Says goodbye with a reason, where that is still possible, and is closed. Never throws: what has
   * failed may be the cipher itself.
   */
  disconnect(reason: number, description: string): void {
    if (!this.#closed && this.#ready && !this.exchanging) {
      const message = new WireWriter().byte(MESSAGE.DISCONNECT).uint32(reason).string(description).string('')
      try {
        this.send(message.bytes())
      } catch {
        // Then the peer learns of it by the end alone.
      }
    }
    this.close()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#exchangeDeadline?.()
    this.#layer.close()
  }

  // What the transport layer asks and tells.

  write(data: Buffer): void {
    this.#bytes += data.length
    this.#host.write(data)
  }

  failed(reason: string): void {
    this.#host.failed(reason)
  }

  greeted(software: string): void {
    this.#host.greeted(software)
  }

  service(name: string): void {
    this.#host.service(name)
  }

  goodbye(reason: number): void {
    this.#host.goodbye(reason)
  }

  /** RFC 4253 §11.4 says how an unknown message is answered. */
  message(type: number, payload: Buffer): boolean {
    if (!this.#host.message(type, payload))
      this.send(new WireWriter().byte(MESSAGE.UNIMPLEMENTED).uint32(this.#layer.sequence).bytes())
    return !this.#closed
  }

  mayExchange(): boolean {
    const refusal = this.exchanging ? undefined : this.#refusal()
    if (refusal !== undefined) this.#host.failed(refusal)
    return refusal === undefined
  }

  exchanged(): void {
    this.#bytes = 0
    this.#keysSince = this.#settings.clock.now()
    this.#exchangeDeadline?.()
    this.#exchangeDeadline = undefined
    if (!this.#ready) this.#firstExchanged()
    this.#host.exchanged()
  }

  /**
   * A key exchange costs a hundred times what asking for it does. Before the login no client needs
   * a second one; after it, those of a client that has sent little since the last are counted.
   */
  #refusal(): string | undefined {
    if (!this.#host.hasLoggedIn) return 'a second key exchange before the login'
    if (this.#bytes > CHEAP_BYTES) return undefined
    const now = this.#settings.clock.now()
    this.#cheapUntil = Math.max(this.#cheapUntil, now) + CHEAP_EVERY_MS
    return this.#cheapUntil > now + CHEAP_AT_ONCE * CHEAP_EVERY_MS ? 'too many key exchanges' : undefined
  }

  /** The list of signatures follows the first new keys at once, as RFC 8308 §2.4 asks. */
  #firstExchanged(): void {
    this.#ready = true
    if (!this.#layer.wantsExtInfo) return
    const message = new WireWriter().byte(MESSAGE.EXT_INFO).uint32(1).string('server-sig-algs')
    this.send(message.names(SIGNATURE_ALGORITHMS.filter(isInRuntime)).bytes())
  }

  /**
   * The first exchange is under the login's deadline; a later one that is never finished would hold
   * back output for ever.
   */
  #watchExchange(): void {
    if (!this.#ready || !this.exchanging || this.#exchangeDeadline !== undefined) return
    const { clock } = this.#settings
    this.#exchangeDeadline = clock.after(EXCHANGE_MS, () => this.#host.failed('the key exchange was not finished'))
  }

  #renewKeys(): void {
    if (!this.#ready || this.exchanging || this.#closed) return
    const { clock, rekeyBytes, rekeyInterval } = this.#settings
    if (this.#bytes < rekeyBytes && clock.now() - this.#keysSince < rekeyInterval) return
    this.#layer.rekey()
    this.#watchExchange()
  }
}

export interface PacketSettings extends TransportLayerSettings {
  readonly clock: Clock
  /** New keys after so many bytes, both ways together, … */
  readonly rekeyBytes: number
  /** … or at the first packet after so many milliseconds. */
  readonly rekeyInterval: number
}

export interface PacketHost {
  readonly hasLoggedIn: boolean
  /** Bytes for the socket. */
  write(data: Buffer): void
  /** The client has said what software it is. */
  greeted(software: string): void
  /** There are new keys: what was held back may go. */
  exchanged(): void
  /** A service is asked for (RFC 4253 §10). */
  service(name: string): void
  /** A message above the transport layer; `false` where nobody knows it. */
  message(type: number, payload: Buffer): boolean
  /** The client has said that it goes (RFC 4253 §11.1). */
  goodbye(reason: number): void
  /** Nothing more can come. */
  failed(reason: string): void
}

const IDENTIFICATION = unpooledCopy(Buffer.from('SSH-2.0-answerback'))
const IDENTIFICATION_LINE = Buffer.concat([IDENTIFICATION, Buffer.from('\r\n')])

const EXCHANGE_MS = 60_000
const CHEAP_BYTES = 65_536
const CHEAP_AT_ONCE = 4
const CHEAP_EVERY_MS = 30_000
const MOST_QUEUED_PACKETS = 1000
