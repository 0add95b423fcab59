import * as crypto from 'node:crypto'
import { agree, makeX25519 } from './x25519.ts'

/**
 * Returns whether this runtime's `node:crypto` supports an SSH algorithm, and quickly enough. Node
 * has all of them. Bun has no ChaCha20, and is too slow at finite fields; Deno has no key exchange
 * on P-521. Each algorithm is tried at its first use.
 */
export function isInRuntime(algorithm: string): boolean {
  let works = known.get(algorithm)
  if (works === undefined) known.set(algorithm, (works = passes(PROBES.get(algorithm))))
  return works
}

const known = new Map<string, boolean>()

/** Throws if the algorithm is missing. */
type Probe = () => unknown

function passes(probe: Probe | undefined): boolean {
  try {
    probe?.()
    return probe !== undefined
  } catch {
    return false
  }
}

/** The use by ssh2 and by us; user keys by the names of their signatures. */
const PROBES: ReadonlyMap<string, Probe> = new Map<string, Probe>([
  ['curve25519-sha256', x25519],
  ['curve25519-sha256@libssh.org', x25519],
  ['ecdh-sha2-nistp256', () => crypto.createECDH('prime256v1').generateKeys()],
  ['ecdh-sha2-nistp384', () => crypto.createECDH('secp384r1').generateKeys()],
  ['ecdh-sha2-nistp521', () => crypto.createECDH('secp521r1').generateKeys()],
  ...[14, 15, 16, 17, 18].map(group => {
    const name = `diffie-hellman-group${group}-sha${group === 14 ? 256 : 512}`
    return [name, () => finiteField(`modp${group}`)] as const
  }),
  ['aes128-gcm@openssh.com', () => seal('aes-128-gcm', 16)],
  ['aes256-gcm@openssh.com', () => seal('aes-256-gcm', 32)],
  ['chacha20-poly1305@openssh.com', () => encrypt('chacha20', 32)],
  ['aes128-ctr', () => encrypt('aes-128-ctr', 16)],
  ['aes192-ctr', () => encrypt('aes-192-ctr', 24)],
  ['aes256-ctr', () => encrypt('aes-256-ctr', 32)],
  ...['hmac-sha2-256', 'hmac-sha2-512'].flatMap(name => {
    const probe = (): Buffer => crypto.createHmac(name.replace('hmac-sha2-', 'sha'), 'key').digest()
    return [[name, probe] as const, [`${name}-etm@openssh.com`, probe] as const]
  }),
  ['ssh-ed25519', () => read(undefined, ED25519)],
  ['sk-ssh-ed25519@openssh.com', () => read(undefined, ED25519)],
  ['ecdsa-sha2-nistp256', () => read('sha256', P256)],
  ['sk-ecdsa-sha2-nistp256@openssh.com', () => read('sha256', P256)],
  ['ecdsa-sha2-nistp384', () => read('sha384', P384)],
  ['ecdsa-sha2-nistp521', () => read('sha512', P521)],
  ['rsa-sha2-512', () => read('sha512', RSA)],
  ['rsa-sha2-256', () => read('sha256', RSA)],
])

function x25519(): void {
  agree(makeX25519(), makeX25519().publicKey)
}

/**
 * Throws in Bun, which checks at each exchange that the group's prime is one. That blocks all
 * sessions for seconds (Bun 1.4).
 */
function finiteField(group: string): void {
  if ('bun' in process.versions) throw new Error('too slow')
  crypto.createDiffieHellmanGroup(group)
}

function encrypt(cipher: string, keyLength: number): void {
  crypto.createCipheriv(cipher, Buffer.alloc(keyLength), Buffer.alloc(16)).update(Buffer.alloc(16))
}

function seal(name: 'aes-128-gcm' | 'aes-256-gcm', keyLength: number): void {
  const cipher = crypto.createCipheriv(name, Buffer.alloc(keyLength), Buffer.alloc(12))
  cipher.setAAD(Buffer.alloc(4))
  cipher.update(Buffer.alloc(16))
  cipher.final()
  cipher.getAuthTag()
}

/** Reads a key, which looks up its curve. */
function read(hash: string | undefined, jwk: crypto.JsonWebKey): void {
  crypto.createPublicKey({ key: jwk, format: 'jwk' })
  if (hash !== undefined) crypto.createHash(hash)
}

/** Public keys without a known private key: base points of their curves, and a modulus of ones. */
const ED25519 = { kty: 'OKP', crv: 'Ed25519', x: point('58', '66'.repeat(31)) }
const P256 = {
  kty: 'EC',
  crv: 'P-256',
  x: point('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
  y: point('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'),
}
const P384 = {
  kty: 'EC',
  crv: 'P-384',
  x: point('aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7'),
  y: point('3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f'),
}
const P521 = {
  kty: 'EC',
  crv: 'P-521',
  x: point(
    '00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3d',
    'baa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66',
  ),
  y: point(
    '011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e66',
    '2c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650',
  ),
}
const RSA = { kty: 'RSA', n: point('ff'.repeat(256)), e: 'AQAB' }

function point(...hex: readonly string[]): string {
  return Buffer.from(hex.join(''), 'hex').toString('base64url')
}
