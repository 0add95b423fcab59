import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto'
import { WireReader } from '../protocol/wire.ts'

/**
 * Public keys in SSH's format (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4, OpenSSH's PROTOCOL.u2f),
 * and their signatures. SHA-1 and DSA are not supported. RSA is, from 2048 to 16384 bits, with
 * exponents of 32 bits at most.
 */
export interface SignerKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, `sk-ssh-ed25519@openssh.com`, … */
  readonly algorithm: string
  readonly blob: Uint8Array
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string
  /** The bits of an RSA key, which determine the cost of a signature. 0 for all others. */
  readonly bits: number
  /**
   * Returns whether the key can sign in this way. An RSA key signs as `rsa-sha2-512` or
   * `rsa-sha2-256`, any other by its own name.
   */
  signs(signatureAlgorithm: string): boolean
  /**
   * Whether the numbers make a key. Only this and `verify` compute with them: a key on P-521 costs
   * a millisecond.
   */
  readonly sound: boolean
  /**
   * Returns whether this key has made `signature`, in wire format with its algorithm, over `data`.
   * Never throws.
   */
  verify(signature: Uint8Array, data: Uint8Array): boolean
}

/**
 * Reads a key by its form alone; returns `undefined` for an unknown or incomplete one. Whether it
 * is `sound` is computed separately, since attackers may ask about any number of keys.
 */
export function readPublicKey(blob: Uint8Array): SignerKey | undefined {
  const reader = new WireReader(blob)
  const algorithm = reader.text()
  const kind = KINDS.get(algorithm)
  const material = kind?.read(reader)
  if (kind === undefined || material === undefined || !reader.complete) return undefined
  return new WireKey(algorithm, blob, kind, material)
}

export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

interface Kind {
  read(reader: WireReader): Material | undefined
  /** The hash of each way to sign; `undefined` if the algorithm hashes by itself. */
  readonly signatures: ReadonlyMap<string, string | undefined>
  /** The bytes of a coordinate, for signatures of two numbers. */
  readonly coordinate?: number
  /** FIDO: the signature also covers the application's name, flags and a counter. */
  readonly securityKey?: boolean
}

interface Material {
  readonly jwk: JsonWebKey
  readonly application?: Uint8Array
  /** The bits of an RSA modulus. */
  readonly bits?: number
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['ssh-ed25519', { read: ed25519, signatures: new Map([['ssh-ed25519', undefined]]) }],
  ['ecdsa-sha2-nistp256', ecdsaKind('nistp256', 'P-256', 32, 'sha256')],
  ['ecdsa-sha2-nistp384', ecdsaKind('nistp384', 'P-384', 48, 'sha384')],
  ['ecdsa-sha2-nistp521', ecdsaKind('nistp521', 'P-521', 66, 'sha512')],
  [
    'ssh-rsa',
    {
      read: rsa,
      signatures: new Map([
        ['rsa-sha2-512', 'sha512'],
        ['rsa-sha2-256', 'sha256'],
      ]),
    },
  ],
  [
    'sk-ssh-ed25519@openssh.com',
    {
      read: withApplication(ed25519),
      signatures: new Map([['sk-ssh-ed25519@openssh.com', undefined]]),
      securityKey: true,
    },
  ],
  [
    'sk-ecdsa-sha2-nistp256@openssh.com',
    {
      read: withApplication(reader => point(reader, 'nistp256', 'P-256', 32)),
      signatures: new Map([['sk-ecdsa-sha2-nistp256@openssh.com', 'sha256']]),
      coordinate: 32,
      securityKey: true,
    },
  ],
])

function ecdsaKind(curve: string, crv: string, coordinate: number, hash: string): Kind {
  return {
    read: reader => point(reader, curve, crv, coordinate),
    signatures: new Map([[`ecdsa-sha2-${curve}`, hash]]),
    coordinate,
  }
}

function withApplication(read: (reader: WireReader) => Material | undefined): Kind['read'] {
  return reader => {
    const material = read(reader)
    return material && { ...material, application: reader.string() }
  }
}

function ed25519(reader: WireReader): Material | undefined {
  const x = reader.string()
  return x.length === 32 ? { jwk: { kty: 'OKP', crv: 'Ed25519', x: base64(x) } } : undefined
}

/** Reads an uncompressed point (SEC 1 §2.3.3); OpenSSL refuses one that is not on the curve. */
function point(reader: WireReader, curve: string, crv: string, coordinate: number): Material | undefined {
  if (reader.text() !== curve) return undefined
  const q = reader.string()
  if (q.length !== 1 + 2 * coordinate || q[0] !== 4) return undefined
  return { jwk: { kty: 'EC', crv, x: base64(q.subarray(1, 1 + coordinate)), y: base64(q.subarray(1 + coordinate)) } }
}

/**
 * Reads an RSA key. A long exponent or modulus would let the peer choose the cost of each
 * verification.
 */
function rsa(reader: WireReader): Material | undefined {
  const e = unsigned(reader.string())
  const n = unsigned(reader.string())
  if (e === undefined || n === undefined || e.length > 4 || n.length < 256 || n.length > 2048) return undefined
  return { jwk: { kty: 'RSA', n: base64(n), e: base64(e) }, bits: n.length * 8 }
}

/** Returns a positive mpint without its leading zeros. */
function unsigned(mpint: Uint8Array): Uint8Array | undefined {
  if (mpint.length === 0 || (mpint[0] ?? 0) > 0x7f) return undefined
  let zeros = 0
  while (mpint[zeros] === 0) zeros += 1
  return mpint.subarray(zeros)
}

function keyObject(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** A key as it was sent. Its numbers are checked once, at the first verification. */
class WireKey implements SignerKey {
  readonly algorithm: string
  readonly blob: Uint8Array
  readonly #kind: Kind
  readonly #material: Material
  #key: KeyObject | undefined | null = null

  constructor(algorithm: string, blob: Uint8Array, kind: Kind, material: Material) {
    this.algorithm = algorithm
    this.blob = blob
    this.#kind = kind
    this.#material = material
  }

  get fingerprint(): string {
    return fingerprintOf(this.blob)
  }

  get bits(): number {
    return this.#material.bits ?? 0
  }

  get sound(): boolean {
    return this.#keyObject() !== undefined
  }

  signs(name: string): boolean {
    return this.#kind.signatures.has(name)
  }

  verify(signature: Uint8Array, data: Uint8Array): boolean {
    const kind = this.#kind
    const reader = new WireReader(signature)
    const name = reader.text()
    const value = reader.string()
    if (!reader.ok || !kind.signatures.has(name)) return false
    const signed = kind.securityKey === true ? assertion(reader, this.#material.application, data) : data
    const key = signed !== undefined && reader.complete ? this.#keyObject() : undefined
    return signed !== undefined && key !== undefined && check(kind, key, kind.signatures.get(name), value, signed)
  }

  #keyObject(): KeyObject | undefined {
    if (this.#key === null) this.#key = keyObject(this.#material.jwk)
    return this.#key
  }
}

/**
 * Returns the bytes that a FIDO authenticator signs. The user must have touched it (bit 0 of the
 * flags).
 */
function assertion(reader: WireReader, application: Uint8Array | undefined, data: Uint8Array): Uint8Array | undefined {
  const rest = reader.rest()
  if (rest.length !== 5 || application === undefined || ((rest[0] ?? 0) & 1) === 0) return undefined
  return Buffer.concat([sha256(application), rest, sha256(data)])
}

function check(kind: Kind, key: KeyObject, hash: string | undefined, value: Uint8Array, data: Uint8Array): boolean {
  try {
    if (kind.coordinate !== undefined) {
      const raw = rawSignature(value, kind.coordinate)
      return raw !== undefined && verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, raw)
    }
    const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
    return verify(hash, data, key, leftPadded(value, Math.ceil(length)) ?? value)
  } catch {
    return false
  }
}

/** Returns r and s as two numbers of fixed width, from two mpints. */
function rawSignature(value: Uint8Array, coordinate: number): Uint8Array | undefined {
  const reader = new WireReader(value)
  const r = leftPadded(unsigned(reader.string()), coordinate)
  const s = leftPadded(unsigned(reader.string()), coordinate)
  return r !== undefined && s !== undefined && reader.complete ? Buffer.concat([r, s]) : undefined
}

function leftPadded(bytes: Uint8Array | undefined, length: number): Uint8Array | undefined {
  if (bytes === undefined || bytes.length > length) return undefined
  return bytes.length === length ? bytes : Buffer.concat([new Uint8Array(length - bytes.length), bytes])
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}
