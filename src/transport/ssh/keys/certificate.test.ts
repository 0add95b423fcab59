import { describe, expect, it } from 'vitest'
import { isSignedBy, judgeCertificate, readCertificate } from './certificate.ts'
import { certificate, ecdsaKey, ed25519Key, rsaKey, type CertificateParts, type TestKey } from './keys.suite.ts'
import { readPublicKey } from './public-key.ts'

const key = ed25519Key()
const authority = ed25519Key()
const login = { name: 'alice', address: '192.0.2.1', now: 1_500_000 }

/** Returns whether `by` has signed it, or the reason why it cannot be read. */
function signed(blob: Uint8Array, by: TestKey = authority): unknown {
  const read = readCertificate(blob)
  const key = readPublicKey(by.blob)
  return typeof read === 'string' || key === undefined ? read : isSignedBy(key, read)
}

function judge(parts: CertificateParts, who: Partial<typeof login> = {}): unknown {
  const read = readCertificate(certificate(key, authority, parts))
  return typeof read === 'string' ? read : judgeCertificate(read, { ...login, ...who })
}

describe('a certificate', () => {
  it('is read: the key that it is for, who says so, and what it says', () => {
    const read = readCertificate(certificate(key, authority, { principals: ['alice', 'root'] }))
    expect(read).toMatchObject({ keyId: 'the key of alice', serial: 42n, type: 1, principals: ['alice', 'root'] })
    expect(read).toMatchObject({ validAfter: 1000n, validBefore: 2000n })
    if (typeof read === 'string') throw new Error(read)
    expect(Buffer.compare(read.key.blob, key.blob)).toBe(0)
    expect(Buffer.compare(read.authority, authority.blob)).toBe(0)
  })

  it.each([
    ['ecdsa', ecdsaKey()],
    ['rsa', rsaKey()],
  ])('may be signed by %s', (_, other) => {
    expect(signed(certificate(key, other), other)).toBe(true)
  })

  it('is refused where RSA has signed it by SHA-1', () => {
    const rsa = rsaKey()
    const old = { ...rsa, sign: (data: Uint8Array) => rsa.sign(data, 'ssh-rsa') }
    expect(signed(certificate(key, old), rsa)).toBe(false)
  })

  it('is refused where another has signed it, or one bit of it was changed afterwards', () => {
    const other = ed25519Key()
    expect(signed(certificate(key, { ...authority, sign: data => other.sign(data) }))).toBe(false)
    const whole = certificate(key, authority)
    for (let at = 0; at < whole.length; at += 1) {
      const bent = Buffer.from(whole)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(signed(bent)).not.toBe(true)
    }
  })

  it('is refused at every length but its own', () => {
    const whole = certificate(key, authority)
    for (let length = 0; length < whole.length; length += 1) {
      expect(readCertificate(whole.subarray(0, length))).toBeTypeOf('string')
    }
    expect(readCertificate(Buffer.concat([whole, Uint8Array.of(0)]))).toBe('it is damaged')
  })
})

describe('whom a certificate lets in', () => {
  it('its principals, with what its extensions allow', () => {
    expect(judge({})).toEqual({ pty: true })
    expect(judge({ extensions: ['permit-port-forwarding'] })).toEqual({ pty: false })
    expect(judge({ critical: { 'force-command': 'backup' } })).toEqual({ pty: true, command: 'backup' })
  })

  it.each([
    ['another name', {}, { name: 'bob' }, 'it is for other names'],
    ['a name in other letters', {}, { name: 'Alice' }, 'it is for other names'],
    ['anybody, where it names nobody', { principals: [] }, {}, 'it is for other names'],
    ['a host', { type: 2 }, {}, 'it is no user certificate'],
    ['alice, before its time', {}, { now: 999_999 }, 'it is not valid yet'],
    ['alice, after its time', {}, { now: 2_000_000 }, 'it has expired'],
    [
      'alice, with an unknown critical option',
      { critical: { 'verify-required': '' } },
      {},
      'its critical option "verify-required" is not known here',
    ],
    ['alice, from elsewhere', { critical: { 'source-address': '198.51.100.0/24' } }, {}, 'it is for other addresses'],
  ])('not %s', (_, parts, who, reason) => expect(judge(parts, who)).toBe(reason))

  it('alice, to the very second', () => {
    expect(judge({}, { now: 1_000_000 })).toEqual({ pty: true })
    expect(judge({}, { now: 1_999_999 })).toEqual({ pty: true })
    expect(judge({ critical: { 'source-address': '192.0.2.0/24' } })).toEqual({ pty: true })
  })
})
