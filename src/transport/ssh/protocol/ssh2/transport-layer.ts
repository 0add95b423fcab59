import type { Encapsulate } from '../hybrid.ts'
import { HYBRID } from '../hybrid.ts'
import { FIRST, MESSAGE } from '../codes.ts'
import { computationOf, hybridDisguise, type Compute } from '../key-exchange.ts'
import { isPublicValue } from '../group.ts'
import { keepBytes } from './kept-bytes.ts'
import {
  loadSsh2,
  type HostSigner,
  type KexInit,
  type KexInitLists,
  type KeyExchange,
  type OnPayload,
  type Protocol,
} from './package.ts'

/**
 * Resolves when connections can be served; throws `PACKAGE` if ssh2 is missing or another version.
 */
export function ssh2Ready(): Promise<unknown> {
  return loadSsh2().ready
}

/** Makes our offer of algorithms, for all connections of a listener. */
export function makeOffer(lists: KexInitLists): KexInit {
  return new (loadSsh2().KexInit)(lists)
}

/** The user of a connection's transport layer. */
export interface TransportLayerHost {
  /** Sends bytes to the socket. */
  write(data: Buffer): void
  failed(reason: string): void
  /** Reports the name of the client's software. */
  greeted(software: string): void
  /**
   * Returns whether the client may exchange new keys. `false`: it was refused, and the connection
   * is closed.
   */
  mayExchange(): boolean
  /** Reports new keys. */
  exchanged(): void
  service(name: string): void
  goodbye(reason: number): void
  /** Takes a message above the transport layer. `false`: read no further. */
  message(type: number, payload: Buffer): boolean
}

export interface TransportLayerSettings {
  readonly hostKeys: Readonly<Record<string, HostSigner>>
  readonly offer: KexInit
  /** Absent without post-quantum exchange. */
  readonly encapsulate: Encapsulate | undefined
}

/**
 * The transport layer of one connection, run by ssh2. We compute two kinds of key exchange
 * ourselves. The list of signatures of ssh2 (RFC 8308) is not sent: it is wrong in two names.
 */
export class TransportLayer {
  readonly #ssh2 = loadSsh2()
  readonly #protocol: Protocol
  readonly #host: TransportLayerHost
  readonly #encapsulate: Encapsulate | undefined
  #hasKeys = false
  #closed = false
  #wantsExtInfo = false

  /** `identification` is our version line without its end, which both sides hash. */
  constructor(settings: TransportLayerSettings, identification: Buffer, host: TransportLayerHost) {
    this.#host = host
    this.#encapsulate = settings.encapsulate
    this.#protocol = new this.#ssh2.Protocol({
      server: true,
      hostKeys: settings.hostKeys,
      offer: settings.offer,
      onWrite: data => host.write(data),
      onError: error => host.failed(error.message),
      onHeader: header => this.#greeted(header.versions.software),
      onHandshakeComplete: () => this.#exchanged(),
      messageHandlers: {
        DISCONNECT: (_, reason) => host.goodbye(reason),
        SERVICE_REQUEST: (_, service) => host.service(service),
      },
    })
    this.#protocol._identRaw = identification
    this.#protocol.start = undefined
    const transport = this.#protocol._onPayload
    this.#protocol._onPayload = payload => this.#dispatch(payload, transport)
  }

  /** Whether the client accepts a list of our signatures (RFC 8308). */
  get wantsExtInfo(): boolean {
    return this.#wantsExtInfo
  }

  /** Whether keys are being exchanged: messages wait for them. */
  get exchanging(): boolean {
    return this.#protocol._kexinit !== undefined
  }

  /** The number of packets that wait for new keys. */
  get waiting(): number {
    return this.#protocol._queue?.length ?? 0
  }

  /** The identifier under all signatures (RFC 4252 §7). */
  get sessionId(): Uint8Array {
    return this.#protocol._kex?.sessionID ?? new Uint8Array(0)
  }

  /** The number of the last received packet. */
  get sequence(): number {
    return ((this.#protocol._decipher?.inSeqno ?? 1) - 1) >>> 0
  }

  /** Takes bytes after a complete version line. Throws if they are not SSH. */
  receive(bytes: Buffer): void {
    this.#protocol.parse(bytes, 0, bytes.length)
    const exchange = this.#protocol._kex
    if (this.#closed || this.#hasKeys || exchange === undefined) return
    this.#wantsExtInfo ||= exchange.remoteExtInfoEnabled
    exchange.remoteExtInfoEnabled = false
  }

  send(payload: Uint8Array): void {
    const { write } = this.#protocol._packetRW
    const at = write.allocStart
    const packet = write.alloc(payload.length)
    packet.set(payload, at)
    this.#ssh2.sendPacket(this.#protocol, write.finalize(packet))
  }

  data(channel: number, data: Buffer, extended: number | undefined): void {
    if (extended === undefined) this.#protocol.channelData(channel, data)
    else this.#protocol.channelExtData(channel, data, extended)
  }

  rekey(): void {
    this.#protocol.rekey()
  }

  close(): void {
    this.#closed = true
    this.#protocol.cleanup()
  }

  /** Before the first keys, packets do not pass `#dispatch`. */
  #greeted(software: string): void {
    const decipher = this.#protocol._decipher
    if (decipher !== undefined) {
      const ssh2 = decipher._onPayload
      decipher._onPayload = payload =>
        payload[0] === MESSAGE.KEXINIT ? this.#beginExchange(payload, ssh2) : ssh2(payload)
    }
    this.#host.greeted(software)
  }

  #dispatch(payload: Uint8Array, ssh2: OnPayload): unknown {
    const type = payload[0] ?? 0
    if (this.#closed) return STOP
    if (type === MESSAGE.KEXINIT) return this.#host.mayExchange() ? this.#beginExchange(payload, ssh2) : STOP
    if (type < FIRST.USERAUTH) return ssh2(payload)
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length)
    return this.#host.message(type, bytes) ? undefined : STOP
  }

  /**
   * Begins an exchange. For the hybrid one ssh2 reads another KEXINIT. Its exchange then gets the
   * client's true one, since both sides hash it.
   */
  #beginExchange(kexInit: Uint8Array, ssh2: OnPayload): unknown {
    const client = Buffer.from(kexInit)
    const shown = this.#encapsulate && hybridDisguise(client, this.#protocol._offer.lists.kex.array)
    const before = this.#protocol._kex
    const answer = ssh2(shown ?? client)
    const exchange = this.#protocol._kex
    if (exchange === undefined || exchange === before || !('computeSecret' in exchange)) return answer
    if (shown !== undefined) {
      exchange._remoteKexinit = client
      exchange.negotiated.kex = HYBRID
    }
    const compute = computationOf(exchange.negotiated.kex, this.#encapsulate)
    if (compute === undefined) checkValues(exchange)
    else computeBy(exchange, compute)
    return answer
  }

  /**
   * Replaces the finished exchange, which holds the secret, by the fields that ssh2 still reads.
   */
  #exchanged(): void {
    this.#hasKeys = true
    this.#protocol._kex = { sessionID: this.#protocol._kex?.sessionID, remoteExtInfoEnabled: false }
    for (const each of [this.#protocol, this.#protocol._cipher, this.#protocol._decipher ?? {}]) keepBytes(each)
    this.#host.exchanged()
  }
}

/** Replaces the computation. ssh2 asks for the secret first, and then for the key of the reply. */
function computeBy(exchange: KeyExchange, compute: Compute): void {
  let reply: Uint8Array = new Uint8Array(0)
  exchange.convertPublicKey = key => key
  exchange.getPublicKey = () => reply
  exchange.computeSecret = client => {
    try {
      const answer = compute(client)
      reply = answer.reply
      return answer.secret
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}

/** Lets ssh2's own groups compute only with valid public values. */
function checkValues(exchange: KeyExchange): void {
  const compute = exchange.computeSecret.bind(exchange)
  const { kex } = exchange.negotiated
  exchange.computeSecret = client =>
    isPublicValue(client, kex) ? compute(client) : new Error('a public value out of range')
}

/** Makes ssh2 read no further. */
const STOP = Infinity
