import { createPrivateKey, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { findEncapsulate, respond } from './hybrid.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** RFC 7748 section 6.1. */
const ALICE = hex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
const BOB_PRIVATE = hex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
const BOB_PUBLIC = hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')
const SHARED = hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742')

const bob = {
  publicKey: BOB_PUBLIC,
  privateKey: createPrivateKey({
    key: Buffer.concat([hex('302e020100300506032b656e04220420'), BOB_PRIVATE]),
    format: 'der',
    type: 'pkcs8',
  }),
}

describe('the hybrid exchange', () => {
  it('answers with the ciphertext and our X25519 key, and hashes the two secrets in that order', () => {
    const ciphertext = Buffer.alloc(1088, 1)
    const secret = Buffer.alloc(32, 2)
    const client = Buffer.concat([Buffer.alloc(1184), ALICE])
    const answer = respond(client, bob, () => ({ ciphertext, secret }))
    expect(answer.reply).toEqual(Buffer.concat([ciphertext, BOB_PUBLIC]))
    expect(answer.secret).toEqual(createHash('sha256').update(secret).update(SHARED).digest())
  })

  it('comes to the secret that the holder of the key finds in the ciphertext', () => {
    const encapsulate = findEncapsulate()
    if (typeof encapsulate === 'string') throw new Error(encapsulate)
    const { publicKey, secretKey } = ml_kem768.keygen()
    const { reply, secret } = respond(Buffer.concat([publicKey, ALICE]), bob, encapsulate)
    const quantum = ml_kem768.decapsulate(Uint8Array.from(reply.subarray(0, 1088)), secretKey)
    expect(secret).toEqual(createHash('sha256').update(quantum).update(SHARED).digest())
  })

  it.each([0, 32, 1184, 1215, 1217, 32_000])('refuses %i bytes', length => {
    expect(() =>
      respond(Buffer.alloc(length), bob, () => ({ ciphertext: Buffer.alloc(0), secret: Buffer.alloc(0) })),
    ).toThrow('bytes are no')
  })

  it('refuses a key that is none (FIPS 203 section 7.2), and an X25519 key of small order (RFC 7748 section 6.1)', () => {
    const encapsulate = findEncapsulate()
    if (typeof encapsulate === 'string') throw new Error(encapsulate)
    const { publicKey } = ml_kem768.keygen()
    expect(() => respond(Buffer.concat([Buffer.alloc(1184, 0xff), ALICE]), bob, encapsulate)).toThrow(Error)
    expect(() => respond(Buffer.concat([publicKey, Buffer.alloc(32)]), bob, encapsulate)).toThrow(Error)
  })
})
