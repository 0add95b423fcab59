import { createHash, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import { connect, type Socket } from 'node:net'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { MESSAGE } from './protocol/codes.ts'
import type { KeyExchange, OnPayload, Protocol } from './protocol/ssh2/package.ts'
import { WireReader, WireWriter } from './protocol/wire.ts'

const require = createRequire(import.meta.url)
const { KexInit } = require('ssh2/lib/protocol/kex.js')
const ClientProtocol = require('ssh2/lib/protocol/Protocol.js')
const { sendPacket } = require('ssh2/lib/protocol/utils.js')
const { init } = require('ssh2/lib/protocol/crypto.js')

/**
 * A client for tests, which follows its test's orders, right or wrong. It makes the key exchange by
 * itself: ssh2's client side, or the hybrid one of draft-ietf-sshm-mlkem-hybrid-kex, done here.
 * Every message above that is the test's.
 */
export class RawClient {
  readonly #socket: Socket
  readonly #protocol: Protocol & { authenticated?: boolean }
  readonly #arrived: Buffer[] = []
  #waiting: (() => void)[] = []
  #closed = false
  /** The number of finished key exchanges. */
  exchanges = 0

  static async connect(port: number, options: RawOptions = {}): Promise<RawClient> {
    await init
    const client = new RawClient(connect({ port, host: '127.0.0.1', ...options.from }), options)
    await client.until(() => client.exchanges > 0)
    return client
  }

  /** Returns a client that is connected, has exchanged keys, and is logged in by name. */
  static async loggedIn(port: number, options: RawOptions = {}): Promise<RawClient> {
    const client = await RawClient.connect(port, options)
    client.requestService()
    client.send(userAuth('alice', 'none'))
    await client.next(MESSAGE.USERAUTH_SUCCESS)
    return client
  }

  constructor(socket: Socket, { kex = ['curve25519-sha256'], cipher = ['aes256-gcm@openssh.com'] }: RawOptions) {
    this.#socket = socket
    const direction = { cipher, mac: ['hmac-sha2-256-etm@openssh.com'], compress: ['none'], lang: [] }
    const kexNames = [...kex, 'ext-info-c', 'kex-strict-c-v00@openssh.com']
    const hostKeys = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512']
    this.#protocol = new ClientProtocol({
      offer: new KexInit({ kex: kexNames, serverHostKey: hostKeys, cs: direction, sc: direction }),
      onWrite: (data: Buffer) => socket.writable && socket.write(data),
      onError: () => socket.destroy(),
      onHeader: () => kex[0] === HYBRID && this.#patch(),
      onHandshakeComplete: () => {
        this.exchanges += 1
        this.#wake()
      },
      messageHandlers: {},
    })
    const transport = this.#protocol._onPayload
    this.#protocol._onPayload = payload => this.#take(payload, transport)
    socket.setNoDelay(true)
    socket.on('connect', () => this.#protocol.start?.())
    socket.on('data', chunk => this.#receive(chunk, kex[0] === HYBRID))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#closed = true
      this.#wake()
    })
  }

  get sessionId(): Uint8Array {
    return this.#protocol._kex?.sessionID ?? new Uint8Array(0)
  }

  /** A client's exchange is kept whole. */
  get exchange(): KeyExchange | undefined {
    return this.#protocol._kex as KeyExchange | undefined
  }

  /** All messages that have arrived and were not requested yet. */
  get arrived(): readonly Buffer[] {
    return this.#arrived
  }

  get closed(): boolean {
    return this.#closed
  }

  get socket(): Socket {
    return this.#socket
  }

  send(payload: Uint8Array): void {
    const { write } = this.#protocol._packetRW
    const at = write.allocStart
    const packet = write.alloc(payload.length)
    packet.set(payload, at)
    sendPacket(this.#protocol, write.finalize(packet))
  }

  requestService(name: string = 'ssh-userauth'): void {
    this.send(new WireWriter().byte(MESSAGE.SERVICE_REQUEST).string(name).bytes())
  }

  rekey(): void {
    this.#protocol.rekey()
  }

  /**
   * Returns the next message of these numbers, in order of arrival; others stay. Throws when the
   * connection closes before.
   */
  async next(...types: readonly number[]): Promise<Buffer> {
    let at = -1
    await this.until(() => (at = this.#arrived.findIndex(message => types.includes(message[0] ?? 0))) >= 0)
    const [message] = this.#arrived.splice(at, 1)
    if (message === undefined) throw new Error('no message')
    return message
  }

  /**
   * Waits until a condition holds, checked at each arrival. Throws when the connection closes
   * before.
   */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#closed) throw new Error('the server has closed the connection')
      await new Promise<void>(resolve => this.#waiting.push(resolve))
    }
  }

  /** Resolves when the server has closed the connection. */
  async gone(): Promise<void> {
    while (!this.#closed) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #receive(chunk: Buffer, hybrid: boolean): void {
    try {
      if (hybrid) this.#patch()
      this.#protocol.parse(chunk, 0, chunk.length)
    } catch {
      this.#socket.destroy()
    }
  }

  #patched = new WeakSet<object>()

  /**
   * Makes each exchange hybrid that the server's KEXINIT begins, with its version or under new
   * keys.
   */
  #patch(): void {
    const decipher = this.#protocol._decipher
    if (decipher === undefined || this.#patched.has(decipher)) return
    this.#patched.add(decipher)
    decipher._onPayload = hybridClient(this.#protocol, decipher._onPayload)
  }

  #take(payload: Uint8Array, transport: OnPayload): unknown {
    const type = payload[0] ?? 0
    const copy = Buffer.from(payload)
    if (type < 50 && !OURS.has(type)) return transport(payload)
    this.#arrived.push(copy)
    this.#wake()
    return undefined
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** Messages of the transport layer that a test may want to see. */
const OURS: ReadonlySet<number> = new Set([
  MESSAGE.DISCONNECT,
  MESSAGE.UNIMPLEMENTED,
  MESSAGE.SERVICE_ACCEPT,
  MESSAGE.EXT_INFO,
])

export interface RawOptions {
  readonly kex?: readonly string[]
  readonly cipher?: readonly string[]
  readonly from?: { readonly localAddress?: string }
}

export const HYBRID = 'mlkem768x25519-sha256'

/** USERAUTH_REQUEST up to what the method adds. */
export function userAuth(name: string, method: string, rest: Uint8Array = new Uint8Array(0)): Buffer {
  return new WireWriter()
    .byte(MESSAGE.USERAUTH_REQUEST)
    .string(name)
    .string('ssh-connection')
    .string(method)
    .raw(rest)
    .bytes()
}

export function openSession(id: number, window: number = 2 ** 21, packetSize: number = 32_768): Buffer {
  return new WireWriter()
    .byte(MESSAGE.CHANNEL_OPEN)
    .string('session')
    .uint32(id)
    .uint32(window)
    .uint32(packetSize)
    .bytes()
}

export function channelRequest(
  channel: number,
  type: string,
  wantsReply: boolean,
  body: Uint8Array = new Uint8Array(0),
): Buffer {
  return new WireWriter()
    .byte(MESSAGE.CHANNEL_REQUEST)
    .uint32(channel)
    .string(type)
    .boolean(wantsReply)
    .raw(body)
    .bytes()
}

export function channelData(channel: number, data: string | Uint8Array): Buffer {
  return new WireWriter().byte(MESSAGE.CHANNEL_DATA).uint32(channel).string(data).bytes()
}

function hybridClient(protocol: Protocol, classical: OnPayload): OnPayload {
  return payload => {
    if (payload[0] !== MESSAGE.KEXINIT) return classical(payload)
    const theirs = new WireReader(payload, 17).names()
    if (!theirs.includes(HYBRID)) return classical(payload)
    // Makes ssh2 believe that curve25519 was negotiated, and send nothing before its methods are
    // replaced.
    const offer = protocol._offer
    const shown = { ...offer, lists: { ...offer.lists, kex: { array: ['curve25519-sha256'] } } }
    const { _cipher: cipher } = protocol as unknown as { _cipher: { encrypt: (packet: Buffer) => void } }
    const encrypt = cipher.encrypt
    const before: unknown[] = []
    cipher.encrypt = packet => {
      if (packet[5] === 30) before.push(packet)
      else encrypt.call(cipher, packet)
    }
    Object.assign(protocol, { _offer: shown })
    const answer = classical(payload)
    Object.assign(protocol, { _offer: Object.assign(Object.create(Object.getPrototypeOf(offer)), offer) })
    cipher.encrypt = packet => encrypt.call(cipher, packet)
    const exchange = protocol._kex
    if (exchange !== undefined && 'computeSecret' in exchange && before.length > 0) makeHybrid(exchange)
    return answer
  }
}

/**
 * Makes the client's side hybrid, by the draft: it sends both its public keys, and receives a
 * ciphertext and the other public key.
 */
function makeHybrid(exchange: KeyExchange): void {
  const kem = ml_kem768.keygen()
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const both = Buffer.concat([kem.publicKey, rawX25519(publicKey)])
  exchange.convertPublicKey = key => key
  exchange.getPublicKey = () => both
  exchange.computeSecret = reply => {
    const quantum = ml_kem768.decapsulate(Uint8Array.from(reply.subarray(0, 1088)), kem.secretKey)
    const classical = diffieHellman({ privateKey, publicKey: x25519(reply.subarray(1088)) })
    return createHash('sha256').update(quantum).update(classical).digest()
  }
  ;(exchange as KeyExchange & { start(): void }).start()
}

function rawX25519(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32)
}

function x25519(raw: Uint8Array): KeyObject {
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), raw])
  return createPublicKey({ key: spki, type: 'spki', format: 'der' })
}
