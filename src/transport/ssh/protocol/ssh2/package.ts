import { AnswerbackError } from '../../../../core/options/errors.ts'
import { requireFrom } from '../../../../platform/package.ts'

/**
 * The package `ssh2`, as far as it is used: its transport layer (RFC 4253: versions, key exchange,
 * encryption, packets) and its reader of key files. User authentication and channels are our own.
 *
 * The transport layer is not public API, and is imported by its path. So the version is pinned
 * exactly, and the used parts are checked when it is loaded. Only the files beside this one know of
 * it.
 */
export interface Ssh2 {
  readonly Protocol: new (config: ProtocolConfig) => Protocol
  readonly KexInit: new (lists: KexInitLists) => KexInit
  /** Resolves when the WebAssembly part of the ciphers is ready. */
  readonly ready: Promise<unknown>
  /** Encrypts and writes a packet, or queues it for new keys. */
  readonly sendPacket: (protocol: Protocol, packet: Buffer) => boolean
  readonly parseKey: (data: string | Buffer, passphrase?: string | Buffer) => ParsedKey | ParsedKey[] | Error
  readonly generateKeyPairSync: (
    type: string,
    options?: { bits?: number; comment?: string },
  ) => { private: string; public: string }
}

export interface Protocol {
  /**
   * Our version line without its end, which both sides hash. Unless `start` is disabled, ssh2 sends
   * and keeps its own for each connection.
   */
  _identRaw: Buffer
  start: (() => void) | undefined
  parse(chunk: Buffer, from: number, to: number): void
  cleanup(): void
  rekey(): void
  channelData(channel: number, data: Buffer): void
  channelExtData(channel: number, data: Buffer, type: number): void
  readonly _offer: KexInit
  /** Our KEXINIT during a key exchange: anything else is queued. */
  readonly _kexinit: Buffer | undefined
  _kex: KeyExchange | FinishedExchange | undefined
  readonly _cipher: object
  _decipher: { inSeqno: number; _onPayload: OnPayload } | undefined
  _onPayload: OnPayload
  readonly _packetRW: { write: { allocStart: number; alloc(size: number): Buffer; finalize(packet: Buffer): Buffer } }
  readonly _queue: readonly Buffer[] | undefined
}

export type OnPayload = (payload: Uint8Array) => unknown

/** A key exchange of ssh2, with the methods that we replace. */
export interface KeyExchange extends FinishedExchange {
  readonly negotiated: { kex: string; serverHostKey: string; cs: { cipher: string }; sc: { cipher: string } }
  _remoteKexinit: Buffer
  getPublicKey(): Uint8Array
  convertPublicKey(key: Buffer): Buffer
  computeSecret(other: Buffer): Buffer | Error
}

/** The fields that ssh2 reads after an exchange. */
export interface FinishedExchange {
  readonly sessionID: Buffer | undefined
  remoteExtInfoEnabled: boolean
}

export interface KexInit {
  readonly lists: { readonly kex: { readonly array: readonly string[] } }
}

export interface KexInitLists {
  readonly kex: readonly string[]
  readonly serverHostKey: readonly string[]
  readonly cs: DirectionLists
  readonly sc: DirectionLists
}

export interface DirectionLists {
  readonly cipher: readonly string[]
  readonly mac: readonly string[]
  readonly compress: readonly string[]
  readonly lang: readonly string[]
}

export interface ProtocolConfig {
  readonly server: true
  readonly hostKeys: Readonly<Record<string, HostSigner>>
  readonly offer: KexInit
  readonly onWrite: (data: Buffer) => void
  readonly onError: (error: Error) => void
  readonly onHeader: (header: { identRaw: string; versions: { software: string } }) => void
  readonly onHandshakeComplete: (negotiated: KeyExchange['negotiated']) => void
  readonly messageHandlers: {
    readonly DISCONNECT: (protocol: Protocol, reason: number, description: string) => void
    readonly SERVICE_REQUEST: (protocol: Protocol, service: string) => void
  }
}

/** The methods that ssh2 calls on a host key. */
export interface HostSigner {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly type: string
  getPublicSSH(): Buffer
  sign(data: Buffer, hash?: string): Buffer | Error
}

export interface ParsedKey extends HostSigner {
  readonly comment: string
  isPrivateKey(): boolean
  getPublicPEM(): string
  getPrivatePEM(): string
  verify(data: Buffer, signature: Buffer, hash?: string): boolean | Error
}

export const SSH2_VERSION = '1.17.0'

let loaded: Ssh2 | undefined

/** Loads ssh2 at its first use; throws `PACKAGE` if it is missing or another version. */
export function loadSsh2(): Ssh2 {
  return (loaded ??= load())
}

function load(): Ssh2 {
  const require = requireFrom(import.meta.url)
  const version = versionOf(require)
  if (version !== SSH2_VERSION) throw missing(version === undefined ? 'it is not installed' : `${version} is installed`)
  const ssh2: Ssh2 = {
    Protocol: require('ssh2/lib/protocol/Protocol.js'),
    KexInit: require('ssh2/lib/protocol/kex.js').KexInit,
    ready: require('ssh2/lib/protocol/crypto.js').init,
    sendPacket: require('ssh2/lib/protocol/utils.js').sendPacket,
    parseKey: require('ssh2/lib/protocol/keyParser.js').parseKey,
    generateKeyPairSync: require('ssh2/lib/keygen.js').generateKeyPairSync,
  }
  if (Object.values(ssh2).includes(undefined)) throw missing('what is installed under that name is something else')
  return ssh2
}

function versionOf(require: NodeJS.Require): string | undefined {
  try {
    return require('ssh2/package.json').version
  } catch {
    return undefined
  }
}

function missing(found: string): AnswerbackError {
  return new AnswerbackError('PACKAGE', { for: 'answerback/ssh', packages: `ssh2@${SSH2_VERSION}`, found })
}
