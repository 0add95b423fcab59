import { afterEach, describe, expect, it } from 'vitest'
import type { ServerEvent } from '../src/core/events.ts'
import { SILENT } from '../src/core/log.ts'
import type { AuthOptions } from '../src/shell/login/auth.ts'
import { ShellAuthenticator } from '../src/shell/login/authenticator.ts'
import { fingerprintOf } from '../src/transport/ssh/keys/public-key.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { certificate, ed25519Key } from '../src/transport/ssh/keys/keys.suite.ts'
import { RawClient } from '../src/transport/ssh/raw-client.suite.ts'
import { TestServer } from '../src/transport/ssh/server.suite.ts'
import { SYSTEM_CLOCK } from '../src/platform/system-clock.ts'
import { asked, forged, none, password, questions, signed, type LoginRequest } from './login-requests.suite.ts'

let server: TestServer | undefined
let client: RawClient | undefined
afterEach(async () => {
  client?.destroy()
  await server?.close()
})

const key = ed25519Key()
const fingerprint = fingerprintOf(key.blob)
const other = `ssh-ed25519 ${ed25519Key().blob.toString('base64')}`
const expired = { ...key, algorithm: 'ssh-ed25519-cert-v01@openssh.com', blob: certificate(key, ed25519Key()) }
const refused = { type: 'login-failure', name: 'alice', method: 'publicKey', fingerprint, final: false }
/** The event says it, and so no line besides is needed. */
const because = (reason: string) => ({ ...refused, reason })
const UNLISTED = 'no line of the authorized keys lets it in'

describe('S17: an observer of the server hears of a login over SSH', () => {
  it.each<[what: string, auth: AuthOptions, request: LoginRequest, heard: object[]]>([
    ['a key that is not listed is asked about', { authorizedKeys: other }, asked(key), [because(UNLISTED)]],
    ['a key signs that is not listed', { authorizedKeys: other }, signed(key), [because(UNLISTED)]],
    ['a key signs that the shell refuses', { publicKey: () => false }, signed(key), [refused]],
    ['a signature is forged', { publicKey: () => true }, forged(key), [because('its signature is wrong')]],
    ['a certificate is not trusted', { userCAs: other }, signed(expired), [because('its authority is not trusted')]],
    [
      'a key cannot sign so',
      { publicKey: () => true },
      asked({ ...key, algorithm: 'x' }),
      [because('it cannot sign as x')],
    ],
    [
      'what is no key is offered',
      { publicKey: () => true },
      asked({ ...key, blob: Buffer.alloc(9) }),
      [{ ...refused, fingerprint: undefined, reason: 'it is no key of a kind that is known' }],
    ],
    ['a key is asked about that would do', { publicKey: () => true }, asked(key), []],
    [
      'a key is let in',
      { publicKey: () => true },
      signed(key),
      [{ type: 'login', name: 'alice', method: 'publicKey', fingerprint }],
    ],
    ['no key is let in', { password: () => false }, signed(key), []],
    [
      'a password is wrong',
      { password: () => false },
      password,
      [{ type: 'login-failure', name: 'alice', method: 'password', final: false }],
    ],
    [
      'answers are wrong, for the last time',
      { keyboardInteractive: () => false, maxTries: 1 },
      questions,
      [{ type: 'login-failure', name: 'alice', method: 'keyboardInteractive', final: true }],
    ],
    [
      'a name is not let in',
      { name: () => false },
      none,
      [{ type: 'login-failure', name: 'alice', method: 'name', final: false }],
    ],
  ])('%s', async (_, auth, request, heard) => {
    const events: ServerEvent[] = []
    const clock = { ...SYSTEM_CLOCK, now: () => 0, after: (_: number, run: () => void) => (run(), () => {}) }
    const observer = { commands: 'no' as const, report: (event: ServerEvent) => void events.push(event) }
    server = await TestServer.start({ authenticator: new ShellAuthenticator(auth, { clock, log: SILENT, observer }) })
    client = await RawClient.connect(server.port)
    client.requestService()
    await client.next(MESSAGE.SERVICE_ACCEPT)
    client.send(request(client))
    await client.next(MESSAGE.USERAUTH_FAILURE, MESSAGE.USERAUTH_PK_OK, MESSAGE.USERAUTH_SUCCESS)
    expect(events).toEqual(heard.map(event => ({ ...event, peer: expect.objectContaining({ transport: 'ssh' }) })))
  })
})
