import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { SILENT } from '../src/core/log.ts'
import type { AuthOptions } from '../src/shell/login/auth.ts'
import { ShellAuthenticator } from '../src/shell/login/authenticator.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { certificate, ecdsaKey, ed25519Key, rsaKey, type TestKey } from '../src/transport/ssh/keys/keys.suite.ts'
import { RawClient } from '../src/transport/ssh/raw-client.suite.ts'
import { TestServer } from '../src/transport/ssh/server.suite.ts'
import { mpint, WireWriter } from '../src/transport/ssh/protocol/wire.ts'
import { SYSTEM_CLOCK } from '../src/platform/system-clock.ts'
import { asked, forged, none, password, questions, signed, type LoginRequest } from './login-requests.suite.ts'

// What somebody who is not logged in can have computed: each request is made as often as the
// connection allows. Counted are signatures verified, keys whose numbers are looked at, calls of
// the shell's methods, and tries as the login delay counts them.

const verify = vi.spyOn(crypto, 'verify')
const createPublicKey = vi.spyOn(crypto, 'createPublicKey')
beforeAll(syncBuiltinESMExports)
afterAll(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

let server: TestServer | undefined
let client: RawClient | undefined
afterEach(async () => {
  client?.destroy()
  await server?.close()
})

const key = ed25519Key()
const p521 = ecdsaKey('nistp521')
const rsa = rsaKey()
const authority = ed25519Key()
const valid = { validAfter: 0, validBefore: 2 ** 40 }
const CERTIFICATE = 'ssh-ed25519-cert-v01@openssh.com'

const certified = { ...key, algorithm: CERTIFICATE, blob: certificate(key, authority, valid) }
/** The trusted authority is named, and has not signed. */
const madeUp = { ...certified, blob: certificate(key, { ...authority, sign: data => key.sign(data) }, valid) }
const expired = { ...certified, blob: certificate(key, authority) }
const ofAnother = { ...certified, blob: certificate(key, authority, { ...valid, principals: ['bob'] }) }
const elsewhere = {
  ...certified,
  blob: certificate(key, authority, { ...valid, critical: { 'source-address': '192.0.2.0/24,'.repeat(2000) } }),
}
const byStranger = { ...certified, blob: certificate(key, ed25519Key(), valid) }
const byHugeStranger = { ...certified, blob: certificate(key, { ...rsa, blob: rsaBlob(2048, 8) }, valid) }
const huge = { ...rsa, algorithm: 'rsa-sha2-512', blob: rsaBlob(2048, 3) }
const longExponent = { ...rsa, algorithm: 'rsa-sha2-512', blob: rsaBlob(256, 8) }

/** A key that costs what can be: `modulus` and `exponent` in bytes. */
function rsaBlob(modulus: number, exponent: number): Buffer {
  const [e, n] = [Buffer.alloc(exponent, 0xff), Buffer.alloc(modulus, 0xd3)]
  return new WireWriter().string('ssh-rsa').string(mpint(e)).string(mpint(n)).bytes()
}

const line = ({ algorithm, blob }: TestKey): string => `${algorithm} ${blob.toString('base64')} somebody`
const PASSWORD = { password: () => false }
const CALLBACK = { publicKey: () => false }
const LISTED = { authorizedKeys: line(key) }
const AUTHORITY = { userCAs: line(authority) }
const ASKING = { keyboardInteractive: async (_: string, ask: (text: string) => unknown) => void (await ask('?')) }

it.each<[what: string, auth: AuthOptions, request: LoginRequest, bound: Partial<Counts>]>([
  ['a key is asked about where none is let in', PASSWORD, asked(key), {}],
  ['a key signs where none is let in', PASSWORD, signed(key), {}],
  ['a key of P-521 signs where none is let in', PASSWORD, signed(p521), {}],
  ['a certificate is shown where none is let in', PASSWORD, signed(byHugeStranger), {}],
  ['a key is asked about', CALLBACK, asked(key), {}],
  ['a key of P-521 is asked about', CALLBACK, asked(p521), {}],
  ['the signature of a key is forged', CALLBACK, forged(key), { verified: 3, keys: 3, tries: 3 }],
  ['the signature of a key of P-521 is forged', CALLBACK, forged(p521), { verified: 3, keys: 3, tries: 3 }],
  ['a key signs that the shell refuses', CALLBACK, signed(key), { verified: 9, keys: 9, calls: 9 }],
  ['RSA of 16,384 bits signs', CALLBACK, signed(huge), {}],
  ['RSA with an exponent of 64 bits signs', CALLBACK, signed(longExponent), {}],
  ['a certificate is shown where none is trusted', CALLBACK, signed(certified), {}],
  ['a key signs that is not listed', LISTED, signed(rsa), {}],
  ['a listed key is asked about', LISTED, asked(key), {}],
  ['the signature of a listed key is forged', LISTED, forged(key), { verified: 3, keys: 3, tries: 3 }],
  ['a certificate of another authority is shown', AUTHORITY, signed(byStranger), {}],
  ['one of another authority with a huge key', AUTHORITY, signed(byHugeStranger), {}],
  ['a certificate is asked about', AUTHORITY, asked(certified), {}],
  ['a certificate has expired', AUTHORITY, signed(expired), {}],
  ['a certificate is for another name', AUTHORITY, signed(ofAnother), {}],
  ['a certificate is for thousands of other networks', AUTHORITY, signed(elsewhere), {}],
  ['a made-up certificate is asked about', AUTHORITY, asked(madeUp), {}],
  ['a made-up certificate signs', AUTHORITY, signed(madeUp), { verified: 3, keys: 3, tries: 3 }],
  ['the holder of a certificate is forged', AUTHORITY, forged(certified), { verified: 6, keys: 6, tries: 3 }],
  ['a password is guessed', PASSWORD, password, { calls: 3, tries: 3 }],
  ['questions are asked for, and given up', ASKING, questions, { calls: 3, tries: 3 }],
  ['a name is asked about', { name: () => false, ...PASSWORD }, none, { calls: 64 }],
])('a stranger has nothing computed without a bound: %s', async (_, auth, request, bound) => {
  const { counts, gate } = counting(auth)
  server = await TestServer.start({ authenticator: gate })
  client = await RawClient.connect(server.port)
  client.requestService()
  await client.next(MESSAGE.SERVICE_ACCEPT)
  verify.mockClear()
  createPublicKey.mockClear()
  await insist(client, request(client))
  expect(counts()).toEqual({ verified: 0, keys: 0, calls: 0, tries: 0, ...bound })
})

interface Counts {
  readonly verified: number
  readonly keys: number
  readonly calls: number
  readonly tries: number
}

/** A shell's logins without their delays. */
function counting(auth: AuthOptions): { counts: () => Counts; gate: ShellAuthenticator } {
  let [calls, tries] = [0, 0]
  const count = (method: unknown) =>
    typeof method !== 'function' ? method : (...given: unknown[]) => ((calls += 1), method(...given))
  const counted = Object.fromEntries(Object.entries(auth).map(([name, method]) => [name, count(method)]))
  const clock = { ...SYSTEM_CLOCK, now: () => 0, after: (_: number, run: () => void) => (run(), () => {}) }
  const login = { attempt: () => ((tries += 1), 0), accepted: () => {} }
  const gate = new ShellAuthenticator(counted, { clock, log: SILENT, tries: login })
  const counts = () => ({
    verified: verify.mock.calls.length,
    keys: createPublicKey.mock.calls.length,
    calls,
    tries,
  })
  return { counts, gate }
}

/** The same request again and again, after each answer, until the connection ends. */
async function insist(client: RawClient, request: Uint8Array): Promise<void> {
  while (!client.closed) {
    client.send(request)
    await client.next(MESSAGE.USERAUTH_FAILURE, MESSAGE.USERAUTH_PK_OK, MESSAGE.USERAUTH_INFO_REQUEST).catch(() => {})
  }
}
