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
 * and messages become bytes.
 *
 * It adds what ssh2 lacks: timely new keys, and a bound on what waits for them. It sends the list
 * of verified signatures (RFC 8308), and answers unknown messages.
 */
export class Packets implements TransportLayerHost {
  readonly #layer: TransportLayer
  readonly #settings: PacketSettings
  readonly #host: PacketHost
  /** Present until the line is complete. */
  #versionLine: VersionLine | undefined = new VersionLine()
  #ready = false
  #closed = false
  /** Bytes both ways, since the last key exchange. */
  #bytes = 0
  #keysSince: number
  /**
   * The end of the period in which a client's key exchanges with little data between them count as
   * too many.
   */
  #cheapUntil = -Infinity
  #exchangeDeadline: Cancel | undefined

  constructor(settings: PacketSettings, host: PacketHost) {
    this.#settings = settings
    this.#host = host
    this.#keysSince = settings.clock.now()
    this.#layer = new TransportLayer(settings, IDENTIFICATION, this)
  }

  /** Sends our version (RFC 4253 §4.2); packets follow. */
  start(): void {
    this.write(IDENTIFICATION_LINE)
  }

  /** Takes bytes from the socket. Throws if they are not SSH: then close the connection. */
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

  /** Sends a message. During a key exchange it waits for the new keys. */
  send(payload: Uint8Array): void {
    if (this.#closed) return
    this.#layer.send(payload)
    if (this.#layer.waiting > MOST_QUEUED_PACKETS) this.#host.failed('too much waits for new keys')
  }

  /** Sends channel data. Call it only when not `exchanging`, so that little waits for new keys. */
  data(channel: number, data: Buffer, extended: number | undefined): void {
    if (this.#closed) return
    this.#layer.data(channel, data, extended)
    this.#renewKeys()
  }

  /** Whether keys are being exchanged: data must wait until `PacketHost.exchanged`. */
  get exchanging(): boolean {
    return this.#layer.exchanging
  }

  /** The identifier under all signatures (RFC 4252 §7). */
  get sessionId(): Uint8Array {
    return this.#layer.sessionId
  }

  /**
   * Disconnects with a reason, if still possible, and closes. Never throws: the cipher itself may
   * have failed.
   */
  disconnect(reason: number, description: string): void {
    if (!this.#closed && this.#ready && !this.exchanging) {
      const message = new WireWriter().byte(MESSAGE.DISCONNECT).uint32(reason).string(description).string('')
      try {
        this.send(message.bytes())
      } catch {
        // Then the peer sees only the closed connection.
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

  // Calls of the transport layer.

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

  /** Answers an unknown message as RFC 4253 §11.4 demands. */
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
   * Returns why a key exchange is refused: it costs a hundred times its request. Before the login
   * no client needs a second one. After it, those of a client that has sent little since the last
   * are counted.
   */
  #refusal(): string | undefined {
    if (!this.#host.hasLoggedIn) return 'a second key exchange before the login'
    if (this.#bytes > CHEAP_BYTES) return undefined
    const now = this.#settings.clock.now()
    this.#cheapUntil = Math.max(this.#cheapUntil, now) + CHEAP_EVERY_MS
    return this.#cheapUntil > now + CHEAP_AT_ONCE * CHEAP_EVERY_MS ? 'too many key exchanges' : undefined
  }

  /** Sends the list of signatures right after the first new keys, as RFC 8308 §2.4 demands. */
  #firstExchanged(): void {
    this.#ready = true
    if (!this.#layer.wantsExtInfo) return
    const message = new WireWriter().byte(MESSAGE.EXT_INFO).uint32(1).string('server-sig-algs')
    this.send(message.names(SIGNATURE_ALGORITHMS.filter(isInRuntime)).bytes())
  }

  /**
   * Sets a deadline for a later exchange: an unfinished one would hold back output for ever. The
   * first one is under the login's deadline.
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
  /** The number of bytes, both ways together, that requires new keys. */
  readonly rekeyBytes: number
  /** The milliseconds after which the next packet requires new keys. */
  readonly rekeyInterval: number
}

export interface PacketHost {
  readonly hasLoggedIn: boolean
  /** Sends bytes to the socket. */
  write(data: Buffer): void
  /** Reports the name of the client's software. */
  greeted(software: string): void
  /** Reports new keys: waiting data may be sent. */
  exchanged(): void
  /** Reports a service request (RFC 4253 §10). */
  service(name: string): void
  /** Takes a message above the transport layer; returns `false` if it is unknown. */
  message(type: number, payload: Buffer): boolean
  /** Reports that the client disconnects (RFC 4253 §11.1). */
  goodbye(reason: number): void
  /** Reports a failure: no more data can be read. */
  failed(reason: string): void
}

const IDENTIFICATION = unpooledCopy(Buffer.from('SSH-2.0-answerback'))
const IDENTIFICATION_LINE = Buffer.concat([IDENTIFICATION, Buffer.from('\r\n')])

const EXCHANGE_MS = 60_000
const CHEAP_BYTES = 65_536
const CHEAP_AT_ONCE = 4
const CHEAP_EVERY_MS = 30_000
const MOST_QUEUED_PACKETS = 1000
