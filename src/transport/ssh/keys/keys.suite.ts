import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mpint, WireReader, WireWriter } from '../protocol/wire.ts'

/** Keys, signatures and certificates as a client and an authority make them; for tests. */
export interface TestKey {
  readonly algorithm: string
  readonly blob: Buffer
  /** Makes a signature in wire format, with its algorithm before it. */
  sign(data: Uint8Array, signatureAlgorithm?: string): Buffer
}

export function ed25519Key(): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const blob = new WireWriter()
    .string('ssh-ed25519')
    .string(fromBase64(publicKey.export({ format: 'jwk' }).x))
    .bytes()
  return { algorithm: 'ssh-ed25519', blob, sign: data => wire('ssh-ed25519', sign(null, data, privateKey)) }
}

export function ecdsaKey(curve: 'nistp256' | 'nistp384' | 'nistp521' = 'nistp256'): TestKey {
  const namedCurve = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' }[curve]
  const hash = { nistp256: 'sha256', nistp384: 'sha384', nistp521: 'sha512' }[curve]
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Uint8Array.of(4), fromBase64(x), fromBase64(y)])
  const algorithm = `ecdsa-sha2-${curve}`
  const blob = new WireWriter().string(algorithm).string(curve).string(point).bytes()
  return { algorithm, blob, sign: data => wire(algorithm, ecdsaSignature(hash, data, privateKey)) }
}

export function rsaKey(bits: number = 2048): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const { e, n } = publicKey.export({ format: 'jwk' })
  const blob = new WireWriter()
    .string('ssh-rsa')
    .string(mpint(fromBase64(e)))
    .string(mpint(fromBase64(n)))
    .bytes()
  return {
    algorithm: 'ssh-rsa',
    blob,
    sign: (data, name = 'rsa-sha2-512') => wire(name, sign(RSA_HASHES.get(name) ?? 'sha1', data, privateKey)),
  }
}

const RSA_HASHES: ReadonlyMap<string, string> = new Map([
  ['rsa-sha2-512', 'sha512'],
  ['rsa-sha2-256', 'sha256'],
])

export interface CertificateParts {
  readonly type?: number
  readonly principals?: readonly string[]
  readonly validAfter?: number
  readonly validBefore?: number
  readonly critical?: Readonly<Record<string, string>>
  readonly extensions?: readonly string[]
}

/**
 * Makes a certificate for an Ed25519 key: for alice, from 1000 to 2000 seconds, with a terminal,
 * unless `parts` differs.
 */
export function certificate(key: TestKey, authority: TestKey, parts: CertificateParts = {}): Buffer {
  const { type = 1, principals = ['alice'], validAfter = 1000, validBefore = 2000 } = parts
  const plain = new WireReader(key.blob)
  plain.string()
  const signed = new WireWriter()
    .string('ssh-ed25519-cert-v01@openssh.com')
    .string(Buffer.alloc(32, 7))
    .string(plain.string())
    .raw(uint64(42))
    .uint32(type)
    .string('the key of alice')
    .string(list(principals))
    .raw(uint64(validAfter))
    .raw(uint64(validBefore))
    .string(options(parts.critical ?? {}))
    .string(options(Object.fromEntries((parts.extensions ?? ['permit-pty']).map(name => [name, '']))))
    .string('')
    .string(authority.blob)
    .bytes()
  return new WireWriter().raw(signed).string(authority.sign(signed)).bytes()
}

function wire(algorithm: string, signature: Uint8Array): Buffer {
  return new WireWriter().string(algorithm).string(signature).bytes()
}

function ecdsaSignature(hash: string, data: Uint8Array, key: KeyObject): Buffer {
  const raw = sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
  const half = raw.length / 2
  return new WireWriter()
    .string(mpint(raw.subarray(0, half)))
    .string(mpint(raw.subarray(half)))
    .bytes()
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function list(names: readonly string[]): Buffer {
  const writer = new WireWriter()
  for (const name of names) writer.string(name)
  return writer.bytes()
}

function options(entries: Readonly<Record<string, string>>): Buffer {
  const writer = new WireWriter()
  for (const [name, value] of Object.entries(entries)) {
    writer.string(name).string(value === '' ? '' : new WireWriter().string(value).bytes())
  }
  return writer.bytes()
}

function fromBase64(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url')
}
