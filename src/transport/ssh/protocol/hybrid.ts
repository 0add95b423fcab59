import * as crypto from 'node:crypto'
import { messageOf } from '../../../core/options/errors.ts'
import { isMissingPackage, requireFrom } from '../../../platform/package.ts'
import { agree, X25519_LENGTH, type X25519Keys } from './x25519.ts'

/**
 * A key exchange whose recording a quantum computer cannot break. It combines ML-KEM-768 (FIPS 203)
 * and X25519, as draft-ietf-sshm-mlkem-hybrid-kex describes `mlkem768x25519-sha256`.
 *
 * Client to server: the ML-KEM encapsulation key (1184 bytes), the X25519 key (32). Back: the
 * ciphertext (1088), the X25519 key (32). K = SHA-256(ML-KEM secret ‖ X25519 secret), hashed as a
 * string, not as an mpint.
 */
export const HYBRID = 'mlkem768x25519-sha256'

/**
 * Makes a secret for an encapsulation key: the ciphertext for its owner, and the secret. Throws for
 * an invalid key (FIPS 203 §7.2).
 */
export type Encapsulate = (key: Uint8Array) => { readonly ciphertext: Uint8Array; readonly secret: Uint8Array }

const LENGTH = { key: 1184, ciphertext: 1088, secret: 32 } as const

/**
 * Returns the best implementation: Node's own (24 and later), else `@noble/post-quantum`. If
 * neither passes its test, returns the reason.
 */
export function findEncapsulate(): Encapsulate | string {
  const found = native() ?? noble()
  return typeof found === 'string' ? found : selfTest(found)
}

/**
 * Answers a client's part (RFC 5656 §4 with the draft's contents): returns the reply, and the
 * shared secret.
 */
export function respond(
  client: Uint8Array,
  own: X25519Keys,
  encapsulate: Encapsulate,
): { reply: Buffer; secret: Buffer } {
  if (client.length !== LENGTH.key + X25519_LENGTH) throw new Error(`${client.length} bytes are no ${HYBRID} key`)
  const { ciphertext, secret } = encapsulate(client.subarray(0, LENGTH.key))
  const classical = agree(own, client.subarray(LENGTH.key))
  return {
    reply: Buffer.concat([ciphertext, own.publicKey]),
    secret: crypto.createHash('sha256').update(secret).update(classical).digest(),
  }
}

/** Types of Node 20 do not know these yet. */
const later = crypto as typeof crypto & {
  encapsulate?: (key: crypto.KeyObject) => { ciphertext: Buffer; sharedKey: Buffer }
}

function native(): Encapsulate | undefined {
  const encapsulate = later.encapsulate
  if (encapsulate === undefined) return undefined
  return key => {
    const { ciphertext, sharedKey } = encapsulate(publicKeyOf(key))
    return { ciphertext, secret: sharedKey }
  }
}

function noble(): Encapsulate | string {
  try {
    const { ml_kem768 } = requireFrom(import.meta.url)('@noble/post-quantum/ml-kem.js')
    return key => {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(Uint8Array.from(key))
      return { ciphertext: cipherText, secret: sharedSecret }
    }
  } catch (error) {
    return isMissingPackage(error)
      ? 'this runtime has no ML-KEM: npm install @noble/post-quantum@0.7'
      : `@noble/post-quantum cannot be loaded (${messageOf(error)})`
  }
}

/**
 * Returns the implementation if it accepts a known key, and refuses one with a coefficient above
 * the modulus.
 */
function selfTest(encapsulate: Encapsulate): Encapsulate | string {
  try {
    const { ciphertext, secret } = encapsulate(new Uint8Array(LENGTH.key))
    if (ciphertext.length !== LENGTH.ciphertext || secret.length !== LENGTH.secret) return 'ML-KEM fails its self-test'
  } catch (error) {
    return `ML-KEM fails its self-test (${String(error)})`
  }
  return takes(encapsulate, new Uint8Array(LENGTH.key).fill(0xff)) ? 'ML-KEM takes keys that are none' : encapsulate
}

function takes(encapsulate: Encapsulate, key: Uint8Array): boolean {
  try {
    encapsulate(key)
    return true
  } catch {
    return false
  }
}

function publicKeyOf(key: Uint8Array): crypto.KeyObject {
  return crypto.createPublicKey({ key: Buffer.concat([ML_KEM_768, key]), type: 'spki', format: 'der' })
}

/** SubjectPublicKeyInfo up to the key itself. */
const ML_KEM_768 = Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex')
