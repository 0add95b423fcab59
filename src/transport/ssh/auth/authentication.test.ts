import { chmodSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Authenticator, Credentials, LoginVerdict } from '../../../core/authenticator.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { certificate, ecdsaKey, ed25519Key, rsaKey, type TestKey } from '../keys/keys.suite.ts'
import { channelRequest, openSession, RawClient, userAuth } from '../raw-client.suite.ts'
import { guarded, HOST_KEY, TestServer, type ServerSetup } from '../server.suite.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

const servers: TestServer[] = []
const clients: RawClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await Promise.all(servers.splice(0).map(server => server.close()))
})

async function serverWith(authenticator: Authenticator, setup: ServerSetup = {}): Promise<TestServer> {
  const server = await TestServer.start({ ...setup, authenticator })
  servers.push(server)
  return server
}

async function clientOf(server: TestServer): Promise<RawClient> {
  const client = await RawClient.connect(server.port)
  clients.push(client)
  client.requestService()
  await client.next(MESSAGE.SERVICE_ACCEPT)
  return client
}

/**
 * Returns `accepted`, `would do`, or the methods that are left, with `+` after a partial success.
 */
async function answer(client: RawClient): Promise<string> {
  const message = await client.next(MESSAGE.USERAUTH_SUCCESS, MESSAGE.USERAUTH_FAILURE, MESSAGE.USERAUTH_PK_OK)
  const reader = new WireReader(message, 1)
  if (message[0] === MESSAGE.USERAUTH_SUCCESS) return 'accepted'
  if (message[0] === MESSAGE.USERAUTH_PK_OK) return 'would do'
  const methods = reader.names().join(',')
  return reader.boolean() ? `${methods}+` : methods
}

async function answerTo(client: RawClient, request: Uint8Array): Promise<string> {
  client.send(request)
  return answer(client)
}

function password(name: string, word: string): Buffer {
  return userAuth(name, 'password', new WireWriter().boolean(false).string(word).bytes())
}

interface Proof {
  readonly algorithm?: string
  readonly blob?: Uint8Array
  readonly signs?: string
  readonly sessionId?: Uint8Array
  readonly name?: string
}

/** Returns a key with its signature; `proof` says what is wrong with it. */
function signedKey(client: RawClient, key: TestKey, proof: Proof = {}): Buffer {
  const { algorithm = key.algorithm, blob = key.blob, name = 'alice' } = proof
  const request = (who: string): Buffer =>
    userAuth(who, 'publickey', new WireWriter().boolean(true).string(algorithm).string(blob).bytes())
  const data = new WireWriter()
    .string(proof.sessionId ?? client.sessionId)
    .raw(request(name))
    .bytes()
  return new WireWriter().raw(request('alice')).string(key.sign(data, proof.signs)).bytes()
}

function offeredKey(key: TestKey, algorithm: string = key.algorithm, blob: Uint8Array = key.blob): Buffer {
  return userAuth('alice', 'publickey', new WireWriter().boolean(false).string(algorithm).string(blob).bytes())
}

/** Returns what the login receives when it asks for the proof of a key; `undefined` without one. */
function proofOf(credentials: Credentials | undefined): boolean | undefined {
  return credentials?.method === 'publicKey' ? credentials.proof?.() : undefined
}

describe('S17: who is let in', () => {
  it('everybody, where the shell is open; by the name that they give', async () => {
    const server = await TestServer.start()
    servers.push(server)
    const client = await clientOf(server)
    expect(await answerTo(client, userAuth('bob', 'none'))).toBe('accepted')
  })

  it('by the name alone, where the shell says so', async () => {
    const authenticator = guarded(['name', 'password'], ({ name, method }) => method === 'name' && name === 'alice')
    const server = await serverWith(authenticator)
    expect(await answerTo(await clientOf(server), userAuth('alice', 'none'))).toBe('accepted')
    expect(await answerTo(await clientOf(server), userAuth('bob', 'none'))).toBe('password')
  })

  it('nobody by "none" where only a password is defined; what is not defined is not offered', async () => {
    const authenticator = guarded(
      ['password'],
      credentials => credentials.method === 'password' && credentials.password === 'secret',
    )
    const client = await clientOf(await serverWith(authenticator))
    expect(await answerTo(client, userAuth('alice', 'none'))).toBe('password')
    expect(await answerTo(client, offeredKey(ed25519Key()))).toBe('password')
    expect(
      await answerTo(client, userAuth('alice', 'keyboard-interactive', new WireWriter().string('').string('').bytes())),
    ).toBe('password')
    expect(authenticator.asked).toEqual([])
    expect(await answerTo(client, password('alice', 'wrong'))).toBe('password')
    expect(await answerTo(client, password('alice', 'secret'))).toBe('accepted')
  })

  it('whoever comes to a listener that knows who they are', async () => {
    const authenticator = guarded(['password'], () => false)
    const server = await serverWith(authenticator, { options: { auth: { as: { name: 'local' } } } })
    const client = await clientOf(server)
    expect(await answerTo(client, userAuth('whoever', 'none'))).toBe('accepted')
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    expect((await server.connection()).connection.facts.identity).toEqual({ name: 'local', user: { name: 'local' } })
  })

  it('with what the method answers as their identity', async () => {
    const server = await serverWith(guarded(['password'], () => ({ role: 'admin' })))
    const client = await clientOf(server)
    expect(await answerTo(client, password('alice', 'x'))).toBe('accepted')
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    expect((await server.connection()).connection.facts.identity).toEqual({ name: 'alice', user: { role: 'admin' } })
  })
})

describe.each([
  ['ssh-ed25519', ed25519Key()],
  ['ecdsa-sha2-nistp256', ecdsaKey()],
  ['ecdsa-sha2-nistp521', ecdsaKey('nistp521')],
  ['rsa-sha2-512', rsaKey()],
  ['rsa-sha2-256', rsaKey()],
])('S17: a key that signs as %s', (algorithm, key) => {
  const authenticator = guarded(['publicKey'], () => true)

  it('is asked about, and lets in by its signature', async () => {
    const client = await clientOf(await serverWith(authenticator))
    expect(await answerTo(client, offeredKey(key, algorithm))).toBe('would do')
    expect(await answerTo(client, signedKey(client, key, { algorithm, signs: algorithm }))).toBe('accepted')
    expect(authenticator.asked.slice(-2)).toMatchObject([{ name: 'alice' }, { name: 'alice' }])
    expect(authenticator.asked.slice(-2).map(proofOf)).toEqual([undefined, true])
  })

  it.each<[string, (client: RawClient) => Proof]>([
    ['over another session', () => ({ sessionId: Buffer.alloc(32, 1) })],
    ['for another name', () => ({ name: 'bob' })],
    ['by another key', () => ({ blob: ed25519Key().blob, algorithm: 'ssh-ed25519' })],
  ])('does not by a signature %s, whatever the shell thinks of it', async (_, proof) => {
    const client = await clientOf(await serverWith(authenticator))
    const request = signedKey(client, key, { algorithm, signs: algorithm, ...proof(client) })
    expect(await answerTo(client, request)).toBe('publickey')
    expect(proofOf(authenticator.asked.at(-1))).toBe(false)
  })
})

describe('a key', () => {
  it('that is offered and never signed lets nobody in', async () => {
    const server = await serverWith(guarded(['publicKey'], () => true))
    const client = await clientOf(server)
    expect(await answerTo(client, offeredKey(ed25519Key()))).toBe('would do')
    expect(await answerTo(client, userAuth('alice', 'none'))).toBe('publickey')
    client.send(openSession(0))
    await client.gone()
    expect([server.opened, server.reasons.at(-1)]).toEqual([[], 'a message before the login that it needs'])
  })

  it('whose signature is cut short, or bent by one bit, is refused', async () => {
    const key = ed25519Key()
    const client = await clientOf(await serverWith(guarded(['publicKey'], () => true)))
    const whole = signedKey(client, key)
    for (const at of [whole.length - 1, whole.length - 40, whole.length - 64]) {
      const bent = Buffer.from(whole)
      bent[at] = (bent[at] ?? 0) ^ 1
      expect(await answerTo(client, bent)).toBe('publickey')
      expect(await answerTo(client, whole.subarray(0, at))).toBe('publickey')
    }
  })

  it('that signs by SHA-1 is refused', async () => {
    const rsa = rsaKey()
    const server = await serverWith(guarded(['publicKey'], () => true))
    const client = await clientOf(server)
    expect(await answerTo(client, signedKey(client, rsa, { algorithm: 'ssh-rsa', signs: 'ssh-rsa' }))).toBe('publickey')
    expect(await answerTo(client, signedKey(client, rsa, { algorithm: 'rsa-sha2-512', signs: 'ssh-rsa' }))).toBe(
      'publickey',
    )
    expect(await answerTo(client, signedKey(client, rsa, { algorithm: 'rsa-sha2-512', signs: 'rsa-sha2-256' }))).toBe(
      'publickey',
    )
    expect(server.reasons).toContain('a key is refused: it cannot sign as ssh-rsa')
  })

  it('of an algorithm that its peer has made up fills no log, and does nothing to a terminal that shows it', async () => {
    const server = await serverWith(guarded(['publicKey'], () => true))
    const client = await clientOf(server)
    const algorithm = `\x1b]0;owned\x07\u009b2J\nforged line ${'x'.repeat(30_000)}`
    for (const request of [offeredKey(ed25519Key(), algorithm), signedKey(client, ed25519Key(), { algorithm })])
      expect(await answerTo(client, request)).toBe('publickey')
    const reasons = server.reasons.filter(reason => reason !== '')
    for (const reason of reasons) {
      expect(reason).toMatch(/^a key is refused: it cannot sign as \\x1b\]0;owned\\x07\\x9b2J\\nforged line x+…$/)
      expect(reason.length).toBeLessThan(200)
    }
    expect(reasons).toHaveLength(2)
  })

  it('whose signature was seen in another session is refused', async () => {
    const key = ed25519Key()
    const server = await serverWith(guarded(['publicKey'], () => true))
    const first = await clientOf(server)
    const replayed = signedKey(first, key)
    expect(await answerTo(first, replayed)).toBe('accepted')
    expect(await answerTo(await clientOf(server), replayed)).toBe('publickey')
  })

  it('that is none is refused, at every length', async () => {
    const key = ed25519Key()
    const client = await clientOf(await serverWith(guarded(['publicKey'], () => true)))
    for (let length = 0; length < key.blob.length; length += 1) {
      expect(await answerTo(client, offeredKey(key, key.algorithm, key.blob.subarray(0, length)))).toBe('publickey')
    }
  })
})

const terminal = new WireWriter().string('vt100').uint32(80).uint32(24).uint32(0).uint32(0).string('').bytes()

describe('authorizedKeys', () => {
  const key = ed25519Key()
  const line = `ssh-ed25519 ${key.blob.toString('base64')} alice@home`
  const onlyGranted = (credentials: Credentials): unknown =>
    credentials.method === 'publicKey' && credentials.grant !== undefined

  it('grant a key, and tell the shell which', async () => {
    const authenticator = guarded(['publicKey'], onlyGranted, { keys: { authorizedKeys: line } })
    const server = await serverWith(authenticator)
    const client = await clientOf(server)
    const stranger = ed25519Key()
    expect(await answerTo(client, signedKey(client, stranger))).toBe('publickey')
    expect(await answerTo(client, signedKey(client, key))).toBe('accepted')
    expect(authenticator.asked.at(-1)).toMatchObject({ grant: { type: 'authorized-key', comment: 'alice@home' } })
  })

  it('are not passed by, where the shell itself would take any key', async () => {
    const authenticator = guarded(['publicKey'], () => true, { keys: { authorizedKeys: `from="192.0.2.1" ${line}` } })
    const server = await serverWith(authenticator)
    const client = await clientOf(server)
    expect(await answerTo(client, signedKey(client, key))).toBe('publickey')
    expect(await answerTo(client, signedKey(client, ed25519Key()))).toBe('publickey')
    expect(authenticator.asked).toEqual([])
    expect(server.reasons.at(-1)).toContain('no line of the authorized keys lets it in')
  })

  it('may restrict: no terminal, one command, addresses, a time', async () => {
    const file = `${HOST_KEY}.keys`
    writeFileSync(file, `restrict,command="backup" ${line}\n`, { mode: 0o600 })
    const server = await serverWith(guarded(['publicKey'], onlyGranted, { keys: { authorizedKeys: file } }))
    const client = await clientOf(server)
    expect(await answerTo(client, signedKey(client, key))).toBe('accepted')
    client.send(openSession(0))
    client.send(channelRequest(0, 'pty-req', true, terminal))
    await client.next(MESSAGE.CHANNEL_FAILURE)
    client.send(channelRequest(0, 'exec', true, new WireWriter().string('rm -rf /').bytes()))
    const { facts } = (await server.connection()).connection
    expect(facts.request).toEqual({ type: 'exec', command: 'backup' })
    expect(facts.environment).toEqual({ SSH_ORIGINAL_COMMAND: 'rm -rf /' })
    for (const options of ['from="192.0.2.0/24"', 'expiry-time="20200101"']) {
      writeFileSync(file, `${options} ${line}\n`)
      const other = await clientOf(server)
      expect(await answerTo(other, signedKey(other, key))).toBe('publickey')
    }
    writeFileSync(file, `from="127.0.0.0/8",expiry-time="29990101" ${line}\n# changed\n`)
    const last = await clientOf(server)
    expect(await answerTo(last, signedKey(last, key))).toBe('accepted')
    chmodSync(file, 0o666)
    const refused = await clientOf(server)
    expect(await answerTo(refused, signedKey(refused, key))).toBe('publickey')
  })

  it('restrict still, where the key was one step of two', async () => {
    const verdicts: LoginVerdict[] = [
      { type: 'partial', methods: ['password'] },
      { type: 'accepted', identity: { name: 'alice', user: 1 } },
    ]
    const authenticator = guarded(['publicKey', 'password'], () => verdicts.shift(), {
      keys: { authorizedKeys: `command="only" ${line}` },
    })
    const server = await serverWith(authenticator)
    const client = await clientOf(server)
    expect(await answerTo(client, signedKey(client, key))).toBe('password+')
    expect(await answerTo(client, password('alice', 'x'))).toBe('accepted')
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    expect((await server.connection()).connection.facts.request).toEqual({ type: 'exec', command: 'only' })
  })

  it.each([
    ['/no/such/file', 'no such file'],
    ['environment="A=b" ssh-ed25519 AAAA', 'line 1'],
  ])('are refused at start: %s', async (authorizedKeys, reason) => {
    await expect(serverWith(guarded(['publicKey'], () => true, { keys: { authorizedKeys } }))).rejects.toThrow(reason)
  })
})

describe('userCAs', () => {
  const key = ed25519Key()
  const authority = ed25519Key()
  const userCAs = `ssh-ed25519 ${authority.blob.toString('base64')} the authority`
  const algorithm = 'ssh-ed25519-cert-v01@openssh.com'
  const valid = { validAfter: 0, validBefore: 2 ** 40 }
  const onlyGranted = (credentials: Credentials): unknown =>
    credentials.method === 'publicKey' && credentials.grant !== undefined

  async function attempt(
    blob: Buffer,
    signer: TestKey = key,
  ): Promise<{ result: string; asked: Credentials[]; reasons: string[] }> {
    const authenticator = guarded(['publicKey'], onlyGranted, { keys: { userCAs } })
    const server = await serverWith(authenticator)
    const client = await clientOf(server)
    const result = await answerTo(client, signedKey(client, signer, { algorithm, blob, signs: 'ssh-ed25519' }))
    return { result, asked: authenticator.asked, reasons: server.reasons }
  }

  it('let in whom they have certified', async () => {
    const { result, asked } = await attempt(certificate(key, authority, valid))
    expect(result).toBe('accepted')
    expect(asked.at(-1)).toMatchObject({
      grant: { type: 'certificate', keyId: 'the key of alice', serial: 42n },
    })
  })

  it.each([
    ['has expired', certificate(key, authority), 'it has expired'],
    ['is for another', certificate(key, authority, { ...valid, principals: ['bob'] }), 'it is for other names'],
    [
      'has an unknown critical option',
      certificate(key, authority, { ...valid, critical: { strange: 'x' } }),
      'critical option',
    ],
    ['an untrusted authority has signed', certificate(key, ed25519Key(), valid), 'its authority is not trusted'],
    [
      'a certificate has signed',
      certificate(key, { ...authority, blob: certificate(authority, authority, valid) }, valid),
      'its authority is not trusted',
    ],
  ])('do not let in whose certificate %s', async (_, blob, reason) => {
    const { result, asked, reasons } = await attempt(blob)
    expect(result).toBe('publickey')
    expect(asked).toEqual([])
    expect(reasons.at(-1)).toContain(reason)
  })

  it('do not let in who holds a certificate, and not its key', async () => {
    const { result, asked } = await attempt(certificate(key, authority, valid), ed25519Key())
    expect(result).toBe('publickey')
    expect(proofOf(asked.at(-1))).toBe(false)
  })

  it('restrict by the options of their lines too: no terminal, one command', async () => {
    const restricted = { userCAs: `restrict,command="backup" ${userCAs}` }
    const server = await serverWith(guarded(['publicKey'], onlyGranted, { keys: restricted }))
    const client = await clientOf(server)
    const blob = certificate(key, authority, valid)
    expect(await answerTo(client, signedKey(client, key, { algorithm, blob }))).toBe('accepted')
    client.send(openSession(0))
    client.send(channelRequest(0, 'pty-req', true, terminal))
    await client.next(MESSAGE.CHANNEL_FAILURE)
    client.send(channelRequest(0, 'shell', true))
    expect((await server.connection()).connection.facts.request).toEqual({ type: 'exec', command: 'backup' })
    const other = certificate(key, authority, { ...valid, critical: { 'force-command': 'whoami' } })
    const second = await clientOf(server)
    expect(await answerTo(second, signedKey(second, key, { algorithm, blob: other }))).toBe('publickey')
    expect(server.reasons.at(-1)).toContain('its command is another than the one of its authority')
  })

  it('do not make their own key one that is let in', async () => {
    const server = await serverWith(guarded(['publicKey'], onlyGranted, { keys: { userCAs } }))
    const client = await clientOf(server)
    expect(await answerTo(client, signedKey(client, authority))).toBe('publickey')
  })
})

describe('keyboard-interactive (RFC 4256)', () => {
  const request = userAuth('alice', 'keyboard-interactive', new WireWriter().string('').string('').bytes())
  const questions = {
    title: 'Codes',
    instructions: 'From your list.',
    prompts: [
      { text: 'One: ', echo: true },
      { text: 'Two: ', echo: false },
    ],
  }
  const answers = (...texts: readonly string[]): Buffer => {
    const writer = new WireWriter().byte(MESSAGE.USERAUTH_INFO_RESPONSE).uint32(texts.length)
    for (const text of texts) writer.string(text)
    return writer.bytes()
  }
  const asking = (): ReturnType<typeof guarded> =>
    guarded(['keyboardInteractive'], async credentials => {
      if (credentials.method !== 'keyboardInteractive') return false
      const given = await credentials.ask(questions).catch(() => [])
      return given.join() === '1,2'
    })

  it('asks, and takes the answers', async () => {
    const client = await clientOf(await serverWith(asking()))
    client.send(request)
    const reader = new WireReader(await client.next(MESSAGE.USERAUTH_INFO_REQUEST), 1)
    expect([reader.text(), reader.text(), reader.text(), reader.uint32()]).toEqual(['Codes', 'From your list.', '', 2])
    expect([reader.text(), reader.boolean(), reader.text(), reader.boolean()]).toEqual(['One: ', true, 'Two: ', false])
    expect(await answerTo(client, answers('1', '2'))).toBe('accepted')
  })

  it.each([
    ['too few', answers('1')],
    ['too many', answers('1', '2', '3')],
    ['cut short', answers('1', '2').subarray(0, -1)],
    [
      'of a number that cannot be',
      new WireWriter()
        .byte(MESSAGE.USERAUTH_INFO_RESPONSE)
        .uint32(2 ** 32 - 1)
        .bytes(),
    ],
    ['wrong', answers('2', '1')],
  ])('refuses answers that are %s', async (_, given) => {
    const client = await clientOf(await serverWith(asking()))
    client.send(request)
    await client.next(MESSAGE.USERAUTH_INFO_REQUEST)
    expect(await answerTo(client, given)).toBe('keyboard-interactive')
  })

  it('is given up by another request, and gets no answer of its own then', async () => {
    const client = await clientOf(await serverWith(asking()))
    client.send(request)
    await client.next(MESSAGE.USERAUTH_INFO_REQUEST)
    client.send(request)
    await client.next(MESSAGE.USERAUTH_INFO_REQUEST)
    client.send(userAuth('alice', 'none'))
    expect(await answer(client)).toBe('keyboard-interactive')
    client.send(request)
    await client.next(MESSAGE.USERAUTH_INFO_REQUEST)
    expect(await answerTo(client, answers('1', '2'))).toBe('accepted')
  })

  it('ignores answers to nothing', async () => {
    const client = await clientOf(await serverWith(guarded(['password'], () => true)))
    client.send(answers('1'))
    expect(await answerTo(client, password('alice', 'x'))).toBe('accepted')
  })
})

describe('a client that misbehaves', () => {
  it('has no more tries than the login allows', async () => {
    let tries = 0
    const verdict = (): LoginVerdict => ({ type: 'refused', methods: ['password'], final: ++tries >= 3 })
    const server = await serverWith(guarded(['password'], verdict))
    const client = await clientOf(server)
    for (let i = 0; i < 50; i += 1) client.send(password('alice', `guess ${i}`))
    await client.gone()
    expect(tries).toBeLessThanOrEqual(3)
  })

  it('has its tries counted', async () => {
    let tries = 0
    const verdict = (): LoginVerdict => ({ type: 'refused', methods: ['password'], final: ++tries >= 3 })
    const server = await serverWith(guarded(['password'], verdict))
    const client = await clientOf(server)
    for (let i = 0; i < 3; i += 1) expect(await answerTo(client, password('alice', 'guess'))).toBe('password')
    await client.gone()
    expect([tries, server.reasons.at(-1)]).toEqual([3, 'too many wrong tries to log in'])
  })

  it('cannot ask for ever, whatever it asks', async () => {
    const server = await serverWith(guarded(['password'], () => false))
    const client = await clientOf(server)
    const ask = async (): Promise<void> => {
      for (let i = 0; i < 100; i += 1) await answerTo(client, userAuth('alice', 'none'))
    }
    await expect(ask()).rejects.toThrow('closed')
    expect(server.reasons.at(-1)).toBe('too many requests to log in')
  })

  it('cannot become another in the middle of a login', async () => {
    const server = await serverWith(guarded(['password'], () => false))
    const client = await clientOf(server)
    expect(await answerTo(client, password('alice', 'x'))).toBe('password')
    client.send(password('bob', 'x'))
    await client.gone()
    expect(server.reasons.at(-1)).toBe('another name in the middle of a login')
  })

  it.each<[string, Uint8Array, string]>([
    ['a request that is cut short', Uint8Array.of(50, 0, 0, 0, 9), 'a malformed request to log in'],
    ['an endless name', userAuth('x'.repeat(10_000), 'none'), 'a malformed request to log in'],
    [
      'another service',
      new WireWriter().byte(50).string('a').string('ssh-x').string('none').bytes(),
      'a login for another service',
    ],
  ])('goes by %s', async (_, request, reason) => {
    const server = await serverWith(guarded(['password'], () => false))
    const client = await clientOf(server)
    client.send(request)
    await client.gone()
    expect(server.reasons.at(-1)).toBe(reason)
  })

  it('is refused methods that nobody has, and a new password', async () => {
    const authenticator = guarded(['password'], () => true)
    const client = await clientOf(await serverWith(authenticator))
    expect(await answerTo(client, userAuth('alice', 'hostbased', Buffer.alloc(64, 1)))).toBe('password')
    expect(await answerTo(client, userAuth('alice', 'gssapi-with-mic'))).toBe('password')
    const change = new WireWriter().boolean(true).string('old').string('new').bytes()
    expect(await answerTo(client, userAuth('alice', 'password', change))).toBe('password')
    expect(authenticator.asked).toEqual([])
  })

  it('that has logged in is not asked again', async () => {
    const authenticator = guarded(['password'], () => true)
    const client = await clientOf(await serverWith(authenticator))
    expect(await answerTo(client, password('alice', 'x'))).toBe('accepted')
    client.send(password('mallory', 'x'))
    client.send(openSession(0))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    expect(authenticator.asked).toHaveLength(1)
  })

  it('asks for another service, or for this one twice', async () => {
    const server = await serverWith(guarded(['password'], () => true))
    const client = await clientOf(server)
    client.requestService()
    await client.gone()
    const other = await RawClient.connect(server.port)
    other.requestService('ssh-connection')
    await other.gone()
    expect(server.reasons.slice(-2)).toEqual(Array(2).fill('a service that is not here'))
  })

  it('does not bring the process down by a login that fails itself', async () => {
    const server = await serverWith(guarded(['password'], () => Promise.reject(new Error('the database is gone'))))
    const client = await clientOf(server)
    client.send(password('alice', 'x'))
    await client.gone()
    expect(server.reasons.at(-1)).toBe('the login itself has failed')
  })
})
