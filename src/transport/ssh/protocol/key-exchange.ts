import { checkPublicValue } from './group.ts'
import { HYBRID, respond, type Encapsulate } from './hybrid.ts'
import type { KeyExchange, OnPayload, Protocol } from './ssh2.ts'
import { mpint, WireReader, WireWriter } from './wire.ts'
import { agree, makeX25519 } from './x25519.ts'

/**
 * A key exchange (RFC 4253 §7), from the client's KEXINIT on. ssh2 agrees on algorithms and runs the messages. What is computed in two
 * kinds of exchange is put in its place: in X25519 alone (RFC 8731), where ssh2 takes 160 µs longer for the form of its keys, and in the
 * hybrid one, which ssh2 does not know.
 *
 * For that ssh2 is shown the client's KEXINIT with `curve25519-sha256` in place of the hybrid's name; the client's true one is put back
 * in the exchange that it then begins, since both sides hash it.
 */
export function beginExchange(
  protocol: Protocol,
  kexInit: Uint8Array,
  ssh2: OnPayload,
  encapsulate: Encapsulate | undefined,
): unknown {
  const client = Buffer.from(kexInit)
  const shown = encapsulate && disguise(client, protocol._offer.lists.kex.array)
  const before = protocol._kex
  const answer = ssh2(shown ?? client)
  const exchange = protocol._kex
  if (exchange === undefined || exchange === before || !('computeSecret' in exchange)) return answer
  if (encapsulate !== undefined && shown !== undefined) makeHybrid(exchange, client, encapsulate)
  else if (CURVE25519.has(exchange.negotiated.kex)) computeBy(exchange, x25519)
  else checkPublicValue(exchange)
  return answer
}

/** What goes back to the client, and the shared secret as it is hashed. Throws for a client's part that is none. */
type Compute = (client: Uint8Array) => { readonly reply: Uint8Array; readonly secret: Buffer }

const CURVE25519: ReadonlySet<string> = new Set(['curve25519-sha256', 'curve25519-sha256@libssh.org'])

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
  exchange._remoteKexinit = clientKexInit
  exchange.negotiated.kex = HYBRID
  computeBy(exchange, client => respond(client, makeX25519(), encapsulate))
}

function x25519(client: Uint8Array): ReturnType<Compute> {
  const own = makeX25519()
  return { reply: own.publicKey, secret: mpint(agree(own, client)) }
}

/** ssh2 asks for the secret first, and then for the key that goes back. */
function computeBy(exchange: KeyExchange, compute: Compute): void {
  let reply: Uint8Array = new Uint8Array(0)
  exchange.convertPublicKey = key => key
  exchange.getPublicKey = () => reply
  exchange.computeSecret = client => {
    try {
      const answer = compute(client)
      reply = answer.reply
      return answer.secret
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}
