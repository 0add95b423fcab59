import * as crypto from 'node:crypto'
import { createRequire } from 'node:module'
import { WireReader, WireWriter } from './wire.ts'
import { MESSAGE } from './codes.ts'
import type { KeyExchange, OnPayload, Protocol } from './ssh2.ts'

/**
 * The key exchange that a recording cannot be broken from with a quantum computer: ML-KEM-768 (FIPS 203) and X25519 together, as
 * draft-ietf-sshm-mlkem-hybrid-kex describes `mlkem768x25519-sha256`.
 *
 * Client to server: the ML-KEM encapsulation key (1184 bytes), the X25519 key (32). Back: the ciphertext (1088), the X25519 key (32).
 * K = SHA-256(ML-KEM secret ‖ X25519 secret), hashed as a string, not as an mpint. Where X25519 alone is chosen, nothing here runs.
 *
 * ssh2 does not know it. It is shown the client's KEXINIT with `curve25519-sha256` in place of this name, and the exchange that it
 * then begins is given these three methods; the client's true KEXINIT is put back, since both sides hash it.
 */
export const HYBRID = 'mlkem768x25519-sha256'

/** Makes a secret for an encapsulation key: the ciphertext for its owner, and the secret. Throws for a key that is none (FIPS 203 §7.2). */
export type Encapsulate = (key: Uint8Array) => { readonly ciphertext: Uint8Array; readonly secret: Uint8Array }

const LENGTH = { key: 1184, ciphertext: 1088, secret: 32, x25519: 32 } as const

/** The best there is: Node's own (24 and later), else `@noble/post-quantum`; else, or where neither passes its test, the reason. */
export function findEncapsulate(): Encapsulate | string {
  const found = native() ?? noble()
  if (found === undefined) return 'Node is older than 24, and @noble/post-quantum is not installed'
  return selfTest(found)
}

/** Lets `protocol` take part in the hybrid exchange. Call it before the first packet. */
export function addHybrid(protocol: Protocol, encapsulate: Encapsulate): void {
  const decipher = protocol._decipher
  if (decipher !== undefined) decipher._onPayload = withHybrid(protocol, decipher._onPayload, encapsulate)
  protocol._onPayload = withHybrid(protocol, protocol._onPayload, encapsulate)
}

/** Answers a client's part (RFC 5656 §4 with the draft's contents): what goes back, and the shared secret. */
export function respond(
  client: Uint8Array,
  exchange: { publicKey: Uint8Array; privateKey: crypto.KeyObject },
  encapsulate: Encapsulate,
): { reply: Buffer; secret: Buffer } {
  if (client.length !== LENGTH.key + LENGTH.x25519) throw new Error(`${client.length} bytes are no ${HYBRID} key`)
  const { ciphertext, secret } = encapsulate(client.subarray(0, LENGTH.key))
  const classical = crypto.diffieHellman({
    privateKey: exchange.privateKey,
    publicKey: x25519Key(client.subarray(LENGTH.key)),
  })
  return {
    reply: Buffer.concat([ciphertext, exchange.publicKey]),
    secret: crypto.createHash('sha256').update(secret).update(classical).digest(),
  }
}

function withHybrid(protocol: Protocol, classical: OnPayload, encapsulate: Encapsulate): OnPayload {
  return payload => {
    const client = payload[0] === MESSAGE.KEXINIT ? Buffer.from(payload) : undefined
    const shown = client && disguise(client, protocol._offer.lists.kex.array)
    if (client === undefined || shown === undefined) return classical(payload)
    const before = protocol._kex
    const answer = classical(shown)
    const exchange = protocol._kex
    if (exchange !== undefined && exchange !== before) makeHybrid(exchange, client, encapsulate)
    return answer
  }
}

/** The client's KEXINIT as ssh2 may see it; `undefined` where the hybrid exchange is not what it leads to (RFC 4253 §7.1). */
function disguise(kexInit: Buffer, ours: readonly string[]): Buffer | undefined {
  const reader = new WireReader(kexInit, NAMES_AT)
  const names = reader.names()
  if (!reader.ok || names.find(name => ours.includes(name)) !== HYBRID) return undefined
  const markers = names.filter(name => name === 'ext-info-c' || name.startsWith('kex-strict-c'))
  const guess = names[0] === HYBRID ? [] : [names[0] ?? '']
  const list = new WireWriter().names([...guess, 'curve25519-sha256', ...markers]).bytes()
  return Buffer.concat([kexInit.subarray(0, NAMES_AT), list, kexInit.subarray(reader.position)])
}

/** After the message's number and the cookie. */
const NAMES_AT = 17

function makeHybrid(exchange: KeyExchange, clientKexInit: Buffer, encapsulate: Encapsulate): void {
  const publicKey = exchange.getPublicKey.bind(exchange)
  let reply: Buffer = Buffer.alloc(0)
  exchange._remoteKexinit = clientKexInit
  exchange.negotiated.kex = HYBRID
  exchange.convertPublicKey = key => key
  exchange.getPublicKey = () => reply
  exchange.computeSecret = client => {
    try {
      const own = { publicKey: publicKey(), privateKey: privateKeyOf(exchange) }
      const answer = respond(client, own, encapsulate)
      reply = answer.reply
      return answer.secret
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}

function privateKeyOf(exchange: KeyExchange): crypto.KeyObject {
  if (exchange._keys === null) throw new Error('the exchange has no keys')
  return exchange._keys.privateKey
}

/** Types of Node 20 do not know these yet. */
const later = crypto as typeof crypto & {
  encapsulate?: (key: crypto.KeyObject) => { ciphertext: Buffer; sharedKey: Buffer }
}

function native(): Encapsulate | undefined {
  const encapsulate = later.encapsulate
  if (encapsulate === undefined) return undefined
  return key => {
    const { ciphertext, sharedKey } = encapsulate(spki(ML_KEM_768, key))
    return { ciphertext, secret: sharedKey }
  }
}

function noble(): Encapsulate | undefined {
  try {
    const { ml_kem768 } = createRequire(import.meta.url)('@noble/post-quantum/ml-kem.js')
    return key => {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(Uint8Array.from(key))
      return { ciphertext: cipherText, secret: sharedSecret }
    }
  } catch {
    return undefined
  }
}

/** A known key is taken, and one with a coefficient above the modulus is refused. */
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

function x25519Key(key: Uint8Array): crypto.KeyObject {
  return spki(X25519, key)
}

/** SubjectPublicKeyInfo up to the key itself. */
const ML_KEM_768 = Buffer.from('308204b2300b0609608648016503040402038204a100', 'hex')
const X25519 = Buffer.from('302a300506032b656e032100', 'hex')

function spki(header: Buffer, key: Uint8Array): crypto.KeyObject {
  return crypto.createPublicKey({ key: Buffer.concat([header, key]), type: 'spki', format: 'der' })
}
