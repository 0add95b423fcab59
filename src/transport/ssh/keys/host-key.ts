import { createPublicKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { AnswerbackError, messageOf } from '../../../core/options/errors.ts'
import { statOwned } from '../../../platform/owned-file.ts'
import { fingerprintOf } from './public-key.ts'
import { generateKey, parseKey } from '../protocol/ssh2/key-files.ts'
import type { ParsedKey } from '../protocol/ssh2/package.ts'

/**
 * The key that proves the server's identity. A path names a key file; a missing file is created
 * with mode 0600. Or it is a key from anywhere else. With several, of different kinds, clients take
 * the one that they know.
 */
export type HostKey = string | HostKeyFile | HostKeyText

/** A host key in a file. */
export interface HostKeyFile {
  /** The path of the file. */
  readonly file: string
  /**
   * The kind of key for a file that does not exist.
   * @default `ed25519`; `rsa` has 3072 bits
   */
  readonly type?: HostKeyType
  /** The passphrase of an encrypted key. */
  readonly passphrase?: string
}

/** A host key from anywhere else. */
export interface HostKeyText {
  /** A private key in OpenSSH's or in PEM form. */
  readonly key: string | Uint8Array
  /** The passphrase of an encrypted key. */
  readonly passphrase?: string
}

/** The type of a host key. */
export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa'

/**
 * Throws `OPTION` for an invalid host key, and if there is none. Whether a key is usable shows when
 * it is read.
 */
export function checkHostKey(hostKey: unknown): void {
  const [wrong] = [hostKey].flat().flatMap(each => (isHostKey(each) ? [] : [{ each }]))
  if (wrong === undefined) return
  const { each } = wrong
  const value = typeof each === 'object' && each !== null ? 'an object without file or key' : String(each)
  const way = "name a file, ssh({ port: 8022, hostKey: 'host_key' }): the key is made where there is none"
  throw new AnswerbackError('OPTION', { option: 'hostKey', value, way })
}

function isHostKey(value: unknown): value is HostKey {
  if (typeof value === 'string') return value !== ''
  if (typeof value !== 'object' || value === null) return false
  const { file, key } = value as { file?: unknown; key?: unknown }
  return typeof file === 'string' || typeof key === 'string' || key instanceof Uint8Array
}

/**
 * Reads the host keys, and creates missing ones. Throws `HOST_KEY` for an unusable one; none is
 * ever replaced.
 */
export function readHostKeys(hostKey: HostKey | readonly HostKey[]): readonly ParsedKey[] {
  const keys = [hostKey].flat().map(readHostKey)
  const twice = keys.find((key, at) => keys.findIndex(other => other.type === key.type) !== at)
  if (keys.length === 0) throw refused('list', 'it is empty')
  if (twice !== undefined) throw refused(`of type ${twice.type}`, 'there are two of that type')
  return keys
}

/** Returns fingerprints as `ssh-keygen -lf` prints them: `256 SHA256:… comment (ED25519)`. */
export function hostKeyFingerprints(hostKey: HostKey | readonly HostKey[]): string[] {
  return readHostKeys(hostKey).map(describeKey)
}

export function describeKey(key: ParsedKey): string {
  const comment = key.comment === '' ? 'no comment' : key.comment
  return `${bitsOf(key)} ${fingerprintOf(key.getPublicSSH())} ${comment} (${SHORT_NAMES.get(key.type) ?? key.type})`
}

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['ssh-ed25519', 'ED25519'],
  ['ssh-rsa', 'RSA'],
  ['ecdsa-sha2-nistp256', 'ECDSA'],
  ['ecdsa-sha2-nistp384', 'ECDSA'],
  ['ecdsa-sha2-nistp521', 'ECDSA'],
])

const BITS: ReadonlyMap<string, number> = new Map([
  ['ssh-ed25519', 256],
  ['ecdsa-sha2-nistp256', 256],
  ['ecdsa-sha2-nistp384', 384],
  ['ecdsa-sha2-nistp521', 521],
])

/** An RSA host key with fewer bits is refused. */
const LEAST_RSA_BITS = 3072

function readHostKey(hostKey: HostKey): ParsedKey {
  if (typeof hostKey === 'string') return readHostKey({ file: hostKey })
  if ('key' in hostKey) return parse('given as text', Buffer.from(hostKey.key), hostKey.passphrase)
  return parse(hostKey.file, readOrMake(hostKey), hostKey.passphrase)
}

function readOrMake(hostKey: HostKeyFile): Buffer {
  return readPrivateFile(hostKey.file) ?? make(hostKey)
}

/** Returns `undefined` if there is no file. */
function readPrivateFile(file: string): Buffer | undefined {
  try {
    statOwned(file, 0o077)
    return readFileSync(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw refused(file, messageOf(error), error)
  }
}

/** Creates the file. If another process creates it at the same moment, that one is read instead. */
function make({ file, type = 'ed25519', passphrase }: HostKeyFile): Buffer {
  if (passphrase !== undefined) throw refused(file, 'the file does not exist, and none is made with a passphrase')
  const text = generate(type)
  try {
    writeFileSync(file, text.endsWith('\n') ? text : `${text}\n`, { mode: 0o600, flag: 'wx' })
    return Buffer.from(text)
  } catch (error) {
    const raced = codeOf(error) === 'EEXIST' ? readPrivateFile(file) : undefined
    if (raced !== undefined) return raced
    throw refused(file, `it does not exist and cannot be made (${messageOf(error)})`, error)
  }
}

/** Returns a new key that signs and verifies: a few of those generated cannot be read again. */
function generate(type: HostKeyType): string {
  const options = { ecdsa: { bits: 256 }, rsa: { bits: LEAST_RSA_BITS }, ed25519: {} }[type]
  for (;;) {
    const text = generateKey(type, { ...options, comment: 'answerback' })
    if (isWholeKey(parseKey(Buffer.from(text)))) return text
  }
}

function isWholeKey(key: ParsedKey | Error | undefined): boolean {
  if (key === undefined || key instanceof Error) return false
  const probe = Buffer.from('answerback')
  const signature = key.sign(probe)
  return Buffer.isBuffer(signature) && key.verify(probe, signature) === true
}

function parse(name: string, data: Buffer, passphrase: string | undefined): ParsedKey {
  const parsed = parseKey(data, passphrase)
  if (parsed === undefined || parsed instanceof Error) throw refused(name, whyUnread(parsed, passphrase), parsed)
  if (!parsed.isPrivateKey()) throw refused(name, 'it is a public key, and the private one is needed')
  const bits = bitsOf(parsed)
  if (bits === undefined) throw refused(name, `keys of type ${parsed.type} are no longer safe: use Ed25519`)
  if (parsed.type === 'ssh-rsa' && bits < LEAST_RSA_BITS) {
    throw refused(name, `an RSA key of ${bits} bits is too short: use ${LEAST_RSA_BITS} or more, or Ed25519`)
  }
  if (!provesItself(parsed)) throw refused(name, 'its private half does not fit its public one')
  return parsed
}

function provesItself(key: ParsedKey): boolean {
  const hash = key.type === 'ssh-rsa' ? 'sha512' : undefined
  const data = Buffer.from('answerback')
  const signature = key.sign(data, hash)
  return signature instanceof Buffer && key.verify(data, signature, hash) === true
}

function whyUnread(error: Error | undefined, passphrase: string | undefined): string {
  if (error !== undefined && /passphrase|encrypted/i.test(error.message)) {
    return passphrase === undefined ? 'it is encrypted, and no passphrase is given' : 'the passphrase does not open it'
  }
  return 'it is damaged, or no private key in OpenSSH or PEM form; it is left as it is'
}

/** Returns `undefined` for keys of unsupported types. */
function bitsOf(key: ParsedKey): number | undefined {
  if (key.type !== 'ssh-rsa') return BITS.get(key.type)
  return createPublicKey(key.getPublicPEM()).asymmetricKeyDetails?.modulusLength
}

function refused(key: string, reason: string, cause?: unknown): AnswerbackError {
  return new AnswerbackError('HOST_KEY', { key, reason }, { cause })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
