import { HYBRID, respond, type Encapsulate } from './hybrid.ts'
import { mpint, WireReader, WireWriter } from './wire.ts'
import { agree, makeX25519 } from './x25519.ts'

/**
 * Computes the reply to the client, and the shared secret as it is hashed. Throws for an invalid
 * client's part.
 */
export type Compute = (client: Uint8Array) => { readonly reply: Uint8Array; readonly secret: Buffer }

/**
 * Returns the computation of a key exchange (RFC 4253 §7), if it is done here. These are X25519
 * (RFC 8731), where ssh2's key format takes 160 µs longer, and the hybrid, which ssh2 lacks.
 */
export function computationOf(keyExchange: string, encapsulate: Encapsulate | undefined): Compute | undefined {
  if (CURVE25519.has(keyExchange)) return x25519
  if (keyExchange !== HYBRID || encapsulate === undefined) return undefined
  return client => respond(client, makeX25519(), encapsulate)
}

const CURVE25519: ReadonlySet<string> = new Set(['curve25519-sha256', 'curve25519-sha256@libssh.org'])

function x25519(client: Uint8Array): ReturnType<Compute> {
  const own = makeX25519()
  return { reply: own.publicKey, secret: mpint(agree(own, client)) }
}

/**
 * Returns a client's KEXINIT with `curve25519-sha256` instead of the hybrid's name. Returns
 * `undefined` if it does not lead to the hybrid (RFC 4253 §7.1). `ours` are the names that we
 * offer.
 */
export function hybridDisguise(kexInit: Buffer, ours: readonly string[]): Buffer | undefined {
  const reader = new WireReader(kexInit, NAMES_AT)
  const names = reader.names()
  if (!reader.ok || names.find(name => ours.includes(name)) !== HYBRID) return undefined
  const markers = names.filter(name => name === 'ext-info-c' || name.startsWith('kex-strict-c'))
  const guess = names[0] === HYBRID ? [] : [names[0] ?? '']
  const list = new WireWriter().names([...guess, 'curve25519-sha256', ...markers]).bytes()
  return Buffer.concat([kexInit.subarray(0, NAMES_AT), list, kexInit.subarray(reader.position)])
}

/** The names' position, after the message's number and the cookie. */
const NAMES_AT = 17
