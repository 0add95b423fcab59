import type { Cancel, Clock } from '../../../core/clock.ts'
import { FIRST, MESSAGE } from './codes.ts'
import type { Encapsulate } from './hybrid.ts'
import { keepBytes, ownCopy } from './kept-bytes.ts'
import { beginExchange } from './key-exchange.ts'
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.ts'
import { isInRuntime } from './runtime.ts'
import type { HostSigner, KexInit, OnPayload, Protocol, Ssh2 } from './ssh2.ts'
import { VersionLine } from './version-line.ts'
import { WireWriter } from './wire.ts'

/**
 * The transport layer of SSH (RFC 4253), run by ssh2: bytes from the socket become messages, messages become bytes. What ssh2
 * leaves undone is done here: the hybrid key exchange, new keys in time, a bound on what waits for them, the list of signatures
 * that we verify (RFC 8308; ssh2's own is wrong in two names), and an answer to messages that nobody knows.
 */
export class Packets {
  readonly #protocol: Protocol
  readonly #settings: PacketSettings
  readonly #host: PacketHost
  /** Until it is whole. */
  #versionLine: VersionLine | undefined = new VersionLine()
  #wantsExtInfo = false
  #ready = false
  #closed = false
  /** Both ways, since the last key exchange. */
  #bytes = 0
  #keysSince: number
  /** Until when the key exchanges that a client has asked for, and paid with little data, are too many. */
  #cheapUntil = -Infinity
  #exchangeDeadline: Cancel | undefined

  constructor(settings: PacketSettings, host: PacketHost) {
    this.#settings = settings
    this.#host = host
    this.#keysSince = settings.clock.now()
    this.#protocol = new settings.ssh2.Protocol({
      server: true,
      hostKeys: settings.hostKeys,
      offer: settings.offer,
      onWrite: data => this.#write(data),
      onError: error => host.failed(error.message),
      onHeader: header => this.#greeted(header.versions.software),
      onHandshakeComplete: () => this.#exchanged(),
      messageHandlers: {
        DISCONNECT: (_, reason) => host.goodbye(reason),
        SERVICE_REQUEST: (_, service) => host.service(service),
      },
    })
    this.#protocol._identRaw = IDENTIFICATION
    this.#protocol.start = undefined
    const transport = this.#protocol._onPayload
    this.#protocol._onPayload = payload => this.#dispatch(payload, transport)
  }

  /** Sends our version (RFC 4253 §4.2); then packets may come. */
  start(): void {
    this.#write(IDENTIFICATION_LINE)
  }

  /** Takes bytes from the socket. Throws where they cannot be SSH: then the connection is to be closed. */
  receive(chunk: Buffer): void {
    this.#count(chunk.length)
    const bytes = this.#versionLine === undefined ? chunk : this.#versionLine.add(chunk)
    if (bytes === undefined) return
    this.#versionLine = undefined
    this.#protocol.parse(bytes, 0, bytes.length)
    if (this.#closed) return
    this.#hideExtInfo()
    this.#watchExchange()
    this.#renewKeys()
  }

  /** Sends a message of ours. While keys are exchanged it waits for them. */
  send(payload: Uint8Array): void {
    if (this.#closed) return
    const { write } = this.#protocol._packetRW
    const at = write.allocStart
    const packet = write.alloc(payload.length)
    packet.set(payload, at)
    this.#settings.ssh2.sendPacket(this.#protocol, write.finalize(packet))
    if ((this.#protocol._queue?.length ?? 0) > MOST_QUEUED) this.#host.failed('too much waits for new keys')
  }

  /** Sends channel data. Only when not `exchanging`, so that what waits for keys stays small. */
  data(channel: number, data: Buffer, extended: number | undefined): void {
    if (this.#closed) return
    if (extended === undefined) this.#protocol.channelData(channel, data)
    else this.#protocol.channelExtData(channel, data, extended)
    this.#renewKeys()
  }

  /** Keys are being exchanged: data must wait for `exchanged`. */
  get exchanging(): boolean {
    return this.#protocol._kexinit !== undefined
  }

  /** What signatures are bound to (RFC 4252 §7). */
  get sessionId(): Uint8Array {
    return this.#protocol._kex?.sessionID ?? new Uint8Array(0)
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
    this.#protocol.cleanup()
  }

  #write(data: Buffer): void {
    this.#count(data.length)
    this.#host.write(data)
  }

  #count(bytes: number): void {
    this.#bytes += bytes
  }

  #greeted(software: string): void {
    const decipher = this.#protocol._decipher
    if (decipher !== undefined) decipher._onPayload = this.#exchanging(decipher._onPayload)
    this.#host.greeted(software)
  }

  /** Before the first keys packets do not come by `#dispatch`. */
  #exchanging(ssh2: OnPayload): OnPayload {
    return payload => (payload[0] === MESSAGE.KEXINIT ? this.#begin(payload, ssh2) : ssh2(payload))
  }

  #begin(kexInit: Uint8Array, ssh2: OnPayload): unknown {
    return beginExchange(this.#protocol, kexInit, ssh2, this.#settings.encapsulate)
  }

  #dispatch(payload: Uint8Array, transport: OnPayload): unknown {
    if (this.#closed) return STOP
    const type = payload[0] ?? 0
    if (type === MESSAGE.KEXINIT) return this.#exchangeAgain(payload, transport)
    else if (type < FIRST.USERAUTH) return transport(payload)
    else if (!this.#host.message(type, bufferOf(payload))) this.#unimplemented()
    return this.#closed ? STOP : undefined
  }

  /** RFC 4253 §11.4. ssh2 has counted the packet already. */
  #unimplemented(): void {
    const sequence = ((this.#protocol._decipher?.inSeqno ?? 1) - 1) >>> 0
    this.send(new WireWriter().byte(MESSAGE.UNIMPLEMENTED).uint32(sequence).bytes())
  }

  #exchangeAgain(kexInit: Uint8Array, transport: OnPayload): unknown {
    const refusal = this.exchanging ? undefined : this.#refusal()
    if (refusal === undefined) return this.#begin(kexInit, transport)
    this.#host.failed(refusal)
    return STOP
  }

  /**
   * A key exchange costs a hundred times what asking for it does. Before the login no client needs
   * a second one; after it, those of a client that has sent little since the last are counted.
   */
  #refusal(): string | undefined {
    if (!this.#host.hasLoggedIn) return 'a second key exchange before the login'
    if (this.#bytes > CHEAP_BYTES) return undefined
    const now = this.#settings.clock.now()
    this.#cheapUntil = Math.max(this.#cheapUntil, now) + CHEAP_EVERY
    return this.#cheapUntil > now + CHEAP_AT_ONCE * CHEAP_EVERY ? 'too many key exchanges' : undefined
  }

  /** ssh2 would send a list of its own; ours follows the first new keys at once, as RFC 8308 §2.4 asks. */
  #hideExtInfo(): void {
    const exchange = this.#protocol._kex
    if (this.#ready || exchange === undefined) return
    this.#wantsExtInfo ||= exchange.remoteExtInfoEnabled
    exchange.remoteExtInfoEnabled = false
  }

  #exchanged(): void {
    this.#bytes = 0
    this.#keysSince = this.#settings.clock.now()
    this.#forgetExchange()
    for (const each of [this.#protocol, this.#protocol._cipher, this.#protocol._decipher ?? {}]) keepBytes(each)
    this.#exchangeDeadline?.()
    this.#exchangeDeadline = undefined
    if (!this.#ready) this.#firstExchanged()
    this.#host.exchanged()
  }

  /** ssh2 keeps a finished exchange, and with it the secret; what it still looks at is this. */
  #forgetExchange(): void {
    this.#protocol._kex = { sessionID: this.#protocol._kex?.sessionID, remoteExtInfoEnabled: false }
  }

  #firstExchanged(): void {
    this.#ready = true
    if (!this.#wantsExtInfo) return
    const message = new WireWriter().byte(MESSAGE.EXT_INFO).uint32(1).string('server-sig-algs')
    this.send(message.names(SIGNATURE_ALGORITHMS.filter(isInRuntime)).bytes())
  }

  /** The first exchange is under the login's deadline; a later one that is never finished would hold back output for ever. */
  #watchExchange(): void {
    if (!this.#ready || !this.exchanging || this.#exchangeDeadline !== undefined) return
    const { clock } = this.#settings
    this.#exchangeDeadline = clock.after(EXCHANGE_MS, () => this.#host.failed('the key exchange was not finished'))
  }

  #renewKeys(): void {
    if (!this.#ready || this.exchanging || this.#closed) return
    const { clock, rekeyBytes, rekeyInterval } = this.#settings
    if (this.#bytes < rekeyBytes && clock.now() - this.#keysSince < rekeyInterval) return
    this.#protocol.rekey()
    this.#watchExchange()
  }
}

export interface PacketSettings {
  readonly ssh2: Ssh2
  readonly clock: Clock
  readonly hostKeys: Readonly<Record<string, HostSigner>>
  readonly offer: KexInit
  /** Absent: no post-quantum exchange. */
  readonly encapsulate: Encapsulate | undefined
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

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

const IDENTIFICATION = ownCopy(Buffer.from('SSH-2.0-answerback'))
const IDENTIFICATION_LINE = Buffer.concat([IDENTIFICATION, Buffer.from('\r\n')])

/** To ssh2: read no further. */
const STOP = Infinity
const EXCHANGE_MS = 60_000
const CHEAP_BYTES = 65_536
const CHEAP_AT_ONCE = 4
const CHEAP_EVERY = 30_000
const MOST_QUEUED = 1000
