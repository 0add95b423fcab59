import { generateKeyPairSync, sign, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ecdsaKey, ed25519Key, rsaKey, type TestKey } from './keys.suite.ts'
import { readPublicKey } from './public-key.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

const data = Buffer.from('what is signed')
const keys: readonly TestKey[] = [
  ed25519Key(),
  ecdsaKey('nistp256'),
  ecdsaKey('nistp384'),
  ecdsaKey('nistp521'),
  rsaKey(),
]

describe.each(keys.map(key => [key.algorithm, key] as const))('a key of %s', (algorithm, key) => {
  const read = readPublicKey(key.blob)

  it('is read, and verifies what it has signed', () => {
    expect(read?.algorithm).toBe(algorithm)
    for (let i = 0; i < 20; i += 1) expect(read?.verify(key.sign(data), data)).toBe(true)
  })

  it('refuses what another has signed, other data, and a signature with one bit changed', () => {
    const signature = key.sign(data)
    const bent = Buffer.from(signature)
    bent[bent.length - 3] = (bent[bent.length - 3] ?? 0) ^ 1
    expect(read?.verify(signature, Buffer.from('something else'))).toBe(false)
    expect(read?.verify(bent, data)).toBe(false)
    for (const other of keys) if (other !== key) expect(read?.verify(other.sign(data), data)).toBe(false)
  })

  it('is none where it is cut short or followed by more; nor is its signature', () => {
    for (let length = 0; length < key.blob.length; length += 1) {
      expect(readPublicKey(key.blob.subarray(0, length))).toBeUndefined()
    }
    expect(readPublicKey(Buffer.concat([key.blob, Uint8Array.of(0)]))).toBeUndefined()
    const signature = key.sign(data)
    for (let length = 0; length < signature.length; length += 7) {
      expect(read?.verify(signature.subarray(0, length), data)).toBe(false)
    }
    expect(read?.verify(Buffer.concat([signature, Uint8Array.of(0)]), data)).toBe(false)
  })
})

describe('RSA', () => {
  const key = rsaKey()

  it('signs by SHA-2, never by SHA-1', () => {
    const read = readPublicKey(key.blob)
    expect(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'].map(name => read?.signs(name))).toEqual([true, true, false])
    expect(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'].map(name => read?.verify(key.sign(data, name), data))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is none below 2048 and above 16384 bits, and with an exponent of more than 32', () => {
    const rsa = (e: Uint8Array, n: Uint8Array): Buffer => new WireWriter().string('ssh-rsa').string(e).string(n).bytes()
    const e = Uint8Array.of(1, 0, 1)
    expect(readPublicKey(rsaKey(1024).blob)).toBeUndefined()
    expect(readPublicKey(rsa(e, Buffer.alloc(2049, 0x7f)))).toBeUndefined()
    expect(readPublicKey(rsa(Buffer.alloc(5, 0x7f), Buffer.alloc(256, 0x7f)))).toBeUndefined()
    expect(readPublicKey(rsa(Buffer.alloc(4, 0x7f), Buffer.alloc(256, 0x7f)))?.bits).toBe(2048)
    expect(readPublicKey(rsa(e, Buffer.alloc(256, 0xff)))).toBeUndefined()
  })
})

it('a point that is not on the curve has the form of a key, and is none', () => {
  const point = Buffer.concat([Uint8Array.of(4), Buffer.alloc(64, 1)])
  const blob = new WireWriter().string('ecdsa-sha2-nistp256').string('nistp256').string(point).bytes()
  const read = readPublicKey(blob)
  expect([read?.sound, read?.verify(ecdsaKey().sign(data), data)]).toEqual([false, false])
})

it.each(['ssh-dss', 'ssh-ed448', '', 'x'.repeat(1000)])('a key of %j is none that we know', algorithm => {
  expect(readPublicKey(new WireWriter().string(algorithm).string('x').bytes())).toBeUndefined()
})

describe('a security key (FIDO)', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const x = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const type = 'sk-ssh-ed25519@openssh.com'
  const blob = new WireWriter().string(type).string(x).string('ssh:').bytes()
  const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

  function assertion(flags: number): Buffer {
    const rest = new WireWriter().byte(flags).uint32(9).bytes()
    const signature = sign(null, Buffer.concat([sha256(Buffer.from('ssh:')), rest, sha256(data)]), privateKey)
    return new WireWriter().string(type).string(signature).raw(rest).bytes()
  }

  it('is taken with a touch, and not without', () => {
    const read = readPublicKey(blob)
    expect(read?.verify(assertion(1), data)).toBe(true)
    expect(read?.verify(assertion(5), data)).toBe(true)
    expect(read?.verify(assertion(0), data)).toBe(false)
    expect(read?.verify(assertion(1).subarray(0, -1), data)).toBe(false)
  })
})

it('its fingerprint is the one that ssh-keygen shows', () => {
  const blob = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl', 'base64')
  expect(new WireReader(blob).text()).toBe('ssh-ed25519')
  expect(readPublicKey(blob)?.fingerprint).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU')
})
