import { HYBRID, respond, type Encapsulate } from './hybrid.ts'
import { mpint, WireReader, WireWriter } from './wire.ts'
import { agree, makeX25519 } from './x25519.ts'

/**
 * Computes what goes back to the client, and the shared secret as it is hashed. Throws for a
 * client's part that is none.
 */
export type Compute = (client: Uint8Array) => { readonly reply: Uint8Array; readonly secret: Buffer }

/**
 * Returns how a key exchange (RFC 4253 §7) of that name is computed, where that is done here:
 * X25519 (RFC 8731), for whose form of keys ssh2 takes 160 µs longer, and the hybrid, which it does
 * not know.
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
 * Returns a client's KEXINIT with `curve25519-sha256` in place of the hybrid's name; `undefined`
 * where the hybrid is not what it leads to (RFC 4253 §7.1). `ours`: the names that we offer.
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

/** After the message's number and the cookie. */
const NAMES_AT = 17
