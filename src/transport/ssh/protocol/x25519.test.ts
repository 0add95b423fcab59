import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { agree, makeX25519 } from './x25519.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** RFC 7748 section 6.1. */
const ALICE = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
const BOB = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
const SHARED = hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742')

const pkcs8 = Buffer.concat([hex('302e020100300506032b656e04220420'), BOB])
const bob = { publicKey: Buffer.alloc(32), privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }) }

describe('X25519', () => {
  it('comes to the secret of RFC 7748', () => {
    expect(agree(bob, ALICE)).toEqual(SHARED)
  })

  it('comes to the same secret on both sides, and to another with other keys', () => {
    const [one, other, third] = [makeX25519(), makeX25519(), makeX25519()]
    expect(one.publicKey).toHaveLength(32)
    expect(agree(one, other.publicKey)).toEqual(agree(other, one.publicKey))
    expect(agree(one, third.publicKey)).not.toEqual(agree(one, other.publicKey))
  })

  it.each([0, 31, 33, 1184])('refuses %i bytes', length => {
    expect(() => agree(bob, new Uint8Array(length))).toThrow(`${length} bytes are no X25519 key`)
  })

  it('refuses keys of small order, which lead to a secret of zeros (RFC 7748 section 6.1)', () => {
    expect(() => agree(bob, new Uint8Array(32))).toThrow(Error)
    expect(() => agree(bob, Uint8Array.of(1, ...new Uint8Array(31)))).toThrow(Error)
  })
})
