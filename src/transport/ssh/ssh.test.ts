import { getDiffieHellman } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { SILENT } from '../../core/log.ts'
import { Deadlines } from '../../core/time/deadlines.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { REFUSALS } from '../../guard/admission.ts'
import { ssh, type SshOptions } from './ssh.ts'
import { MESSAGE } from './protocol/codes.ts'
import { channelRequest, openSession, RawClient } from './raw-client.suite.ts'
import { admitting, guarded, HOST_KEY, OPEN, TestServer, type ServerSetup } from './server.suite.ts'
import { WireReader, WireWriter } from './protocol/wire.ts'

const servers: TestServer[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(servers.splice(0).map(server => server.close()))
})

async function start(setup: ServerSetup = {}): Promise<TestServer> {
  const server = await TestServer.start(setup)
  servers.push(server)
  return server
}

async function client(server: TestServer, options: Parameters<typeof RawClient.loggedIn>[1] = {}): Promise<RawClient> {
  const made = await RawClient.loggedIn(server.port, options)
  sockets.push(made.socket)
  return made
}

/** Opens a plain socket, and returns all that it has received when it is closed. */
function plain(server: TestServer, localAddress: string = '127.0.0.1'): { socket: Socket; all: Promise<string> } {
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress })
  sockets.push(socket)
  const parts: Buffer[] = []
  socket.on('data', data => parts.push(data)).on('error', () => {})
  return {
    socket,
    all: new Promise(resolve => socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))),
  }
}

/** Returns the first packet of a client that knows one algorithm of each kind. */
function kexInit(keyExchange: string): Buffer {
  const lists = [
    keyExchange,
    'ssh-ed25519',
    ...Array(2).fill('aes256-gcm@openssh.com'),
    ...Array(2).fill('hmac-sha2-256-etm@openssh.com'),
    ...Array(2).fill('none'),
    '',
    '',
  ]
  const payload = new WireWriter().byte(MESSAGE.KEXINIT).raw(Buffer.alloc(16, 7))
  for (const list of lists) payload.string(list)
  return packetOf(payload.boolean(false).uint32(0).bytes())
}

/** Returns a packet without encryption. */
function packetOf(payload: Uint8Array): Buffer {
  const padding = 16 - ((payload.length + 5) % 8)
  return new WireWriter()
    .uint32(payload.length + padding + 1)
    .byte(padding)
    .raw(payload)
    .raw(Buffer.alloc(padding))
    .bytes()
}

const KEXINIT = kexInit('curve25519-sha256')

function isKeepingPeople(server: TestServer): Promise<void> {
  return client(server).then(one => one.destroy())
}

describe('S3: an SSH connection', () => {
  it('says where its peer is, that it is secure, and who it is', async () => {
    const server = await start()
    const one = await client(server)
    one.send(openSession(0))
    one.send(channelRequest(0, 'env', false, new WireWriter().string('LANG').string('C').bytes()))
    one.send(channelRequest(0, 'shell', false))
    const { facts } = (await server.connection()).connection
    expect(facts).toMatchObject({
      peer: { transport: 'ssh', secure: true, address: '127.0.0.1', localAddress: '127.0.0.1' },
      request: { type: 'shell' },
      identity: { name: 'alice', user: undefined },
      environment: { LANG: 'C' },
    })
    expect(facts.terminal).toBeUndefined()
    expect(structuredClone(facts)).toEqual(facts)
  })

  it('may come on a socket that somebody else has accepted', async () => {
    const opened: unknown[] = []
    const host = {
      authenticator: OPEN,
      clock: new ManualClock(),
      scheduler: new ManualClock(),
      deadlines: new Deadlines(new ManualClock()),
      log: SILENT,
      limitedLog: SILENT,
      admit: admitting(),
      open: (one: unknown) => opened.push(one),
    }
    const own = createServer(ssh({ hostKey: HOST_KEY }).attach(host)).listen(0, '127.0.0.1')
    await new Promise(resolve => own.once('listening', resolve))
    const one = await RawClient.loggedIn((own.address() as AddressInfo).port)
    one.send(openSession(0))
    one.send(channelRequest(0, 'shell', true))
    await one.next(MESSAGE.CHANNEL_SUCCESS)
    expect(opened).toHaveLength(1)
    one.destroy()
    await new Promise(resolve => own.close(resolve))
  })
})

describe('the first line of a client', () => {
  it('may come in any number of segments, with what follows', async () => {
    const bytes = Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), KEXINIT])
    const server = await start()
    for (let size = 1; size <= 12; size += 1) {
      const { socket } = plain(server)
      let answer = ''
      const answered = new Promise<void>(resolve => {
        socket.on('data', data => (answer += data.toString('latin1')).includes('kex-strict-s') && resolve())
      })
      socket.setNoDelay(true)
      for (let at = 0; at < bytes.length; at += size) {
        socket.write(bytes.subarray(at, at + size))
        if (at < 24) await new Promise(resolve => setImmediate(resolve))
      }
      await answered
      socket.destroy()
    }
  })
})

describe('what is no SSH', () => {
  it.each([
    ['a browser', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a telnet client', '\xff\xfb\x1f\xff\xfb\x20\xff\xfb\x18\r\n'],
    ['SSH 1', 'SSH-1.5-old\r\n'],
    ['an endless line', 'x'.repeat(100_000)],
    ['an oversized version', `SSH-2.0-${'x'.repeat(10_000)}\r\n`],
    ['a version of 256 bytes', `SSH-2.0-${'x'.repeat(246)}\r\n`],
    ['what begins otherwise, before its line ends', 'SSH1'],
  ])('%s is told so, in one line, and goes', async (_, bytes) => {
    const server = await start()
    const { socket, all } = plain(server)
    socket.write(bytes, 'latin1')
    expect(await all).toBe('SSH-2.0-answerback\r\nThis is an SSH server: use an SSH client.\r\n')
    expect(server.log.filter(({ level }) => level === 'info')).toHaveLength(2)
    await isKeepingPeople(server)
  })

  it.each([0, 1, 11, 12, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 4, 2 ** 32 - 1])(
    'a packet of length %i ends the connection',
    async length => {
      const server = await start()
      const { socket, all } = plain(server)
      const packet = new WireWriter().uint32(length).raw(Buffer.alloc(64, 0xff)).bytes()
      socket.write(Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), packet]))
      if (length === 1000) socket.write(Buffer.alloc(1000))
      await all
      await isKeepingPeople(server)
    },
  )

  it.each(['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes256-ctr'])(
    'a bad length under %s does too, in one line of the log',
    async cipher => {
      const server = await start()
      for (const length of [0, 2 ** 31, 2 ** 32 - 1]) {
        const one = await client(server, { cipher: [cipher] })
        one.socket.write(new WireWriter().uint32(length).raw(Buffer.alloc(64, 0xff)).bytes())
        await one.gone()
      }
      expect(server.reasons.filter(Boolean)).toHaveLength(3)
      await isKeepingPeople(server)
    },
  )

  it('a public value that the group does not hold, ends the connection', async () => {
    const server = await start()
    const { socket, all } = plain(server)
    const above = getDiffieHellman('modp16').getPrime()
    const value = Buffer.concat([Uint8Array.of(0), above.fill(0xff)])
    socket.write(Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), kexInit('diffie-hellman-group16-sha512')]))
    socket.write(packetOf(new WireWriter().byte(30).string(value).bytes()))
    await all
    expect(server.reasons.at(-1)).toContain('a public value out of range')
  })

  it('random bytes in every phase end the connection, and nothing else', async () => {
    const server = await start()
    const before = ['', 'SSH-2.0-x\r\n', Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), KEXINIT])]
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 300 }), fc.nat(4), async (bytes, phase) => {
        const begun = before[phase]
        if (begun !== undefined) {
          const { socket, all } = plain(server)
          socket.write(begun)
          socket.end(Buffer.concat([bytes, Buffer.from('\r\n')]))
          await all
        } else {
          const one = phase === 3 ? await RawClient.connect(server.port) : await RawClient.loggedIn(server.port)
          one.socket.end(bytes)
          await one.gone()
        }
      }),
      { numRuns: 75 },
    )
    await isKeepingPeople(server)
  })

  it('random messages, properly encrypted, neither', async () => {
    const server = await start()
    const numbers = fc.oneof(fc.integer({ min: 50, max: 100 }), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(numbers, fc.uint8Array({ maxLength: 100 }), fc.boolean(), async (number, rest, isLoggedIn) => {
        const one = isLoggedIn ? await RawClient.loggedIn(server.port) : await RawClient.connect(server.port)
        if (isLoggedIn) one.send(openSession(0))
        one.send(Uint8Array.of(number, ...rest))
        one.send(Uint8Array.of(number))
        one.socket.end()
        await one.gone()
      }),
      { numRuns: 60 },
    )
    await isKeepingPeople(server)
  })
})

describe('clients that go', () => {
  const ways: Record<string, (server: TestServer) => Promise<Socket>> = {
    'before a word': async server => plain(server).socket,
    'after a word': async server => {
      const { socket } = plain(server)
      socket.write('SSH-2.0-x\r\n')
      await new Promise(resolve => socket.once('data', resolve))
      return socket
    },
    'in the middle of the key exchange': async server => {
      const { socket } = plain(server)
      socket.write(Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), KEXINIT]))
      await new Promise(resolve => socket.once('data', resolve))
      return socket
    },
    'before their login': async server => (await RawClient.connect(server.port)).socket,
    'without a session': async server => (await RawClient.loggedIn(server.port)).socket,
    'in mid-write': async server => {
      const one = await RawClient.loggedIn(server.port)
      const sessions = server.opened.length
      one.send(openSession(0, 2 ** 31))
      one.send(channelRequest(0, 'exec', false, new WireWriter().string('much').bytes()))
      const { connection } = await server.connection(sessions)
      one.socket.pause()
      while (connection.write('x'.repeat(65_536))) await new Promise(resolve => setImmediate(resolve))
      return one.socket
    },
  }

  it.each(Object.entries(ways))('%s leave nothing behind, whether they close or break off', async (_, come) => {
    const clock = new ManualClock()
    const server = await start({ clock })
    for (let round = 0; round < 10; round += 1) {
      const socket = await come(server)
      if (round % 2 === 0) socket.resetAndDestroy()
      else socket.destroy()
    }
    while (server.guests > 0 || clock.pending > 0) await new Promise(resolve => setImmediate(resolve))
    expect(server.opened.every(({ closed }) => closed !== undefined)).toBe(true)
    await isKeepingPeople(server)
  })
})

describe('time', () => {
  it('to log in is limited', async () => {
    const clock = new ManualClock()
    const server = await start({ clock })
    const { socket, all } = plain(server)
    socket.write('SSH-2.0-x\r\n')
    await new Promise(resolve => socket.once('data', resolve))
    await clock.advance(119_999)
    expect(server.reasons.at(-1)).toBe('')
    await clock.advance(1)
    await all
    expect(server.reasons.at(-1)).toBe('nobody has logged in in time')
  })

  it('to log in is what the shell says', async () => {
    const clock = new ManualClock()
    const server = await start({ clock, authenticator: guarded(['password'], () => false, { loginTimeout: 5000 }) })
    const one = await RawClient.connect(server.port)
    await clock.advance(5000)
    await one.gone()
    expect(server.reasons.at(-1)).toBe('nobody has logged in in time')
  })

  it('S18: to start a session is limited too, first and again', async () => {
    const clock = new ManualClock()
    const server = await start({ clock })
    const idle = await client(server)
    const busy = await client(server)
    busy.send(openSession(0))
    busy.send(channelRequest(0, 'shell', true))
    await busy.next(MESSAGE.CHANNEL_SUCCESS)
    await clock.advance(60_000)
    await idle.gone()
    expect(server.reasons.at(-1)).toBe('no session was started in time')
    busy.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await busy.next(MESSAGE.CHANNEL_CLOSE)
    await clock.advance(600_000)
    await busy.gone()
    expect(server.reasons.at(-1)).toBe('no further session was started')
  })

  it('S18: of a client that opens channels, and asks for nothing, is no longer', async () => {
    const clock = new ManualClock()
    const server = await start({ clock })
    const one = await client(server)
    for (let id = 0; id < 3; id += 1) {
      one.send(openSession(id))
      await one.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
      one.send(channelRequest(id, 'env', true, new WireWriter().string('LANG').string('C').bytes()))
      await one.next(MESSAGE.CHANNEL_SUCCESS)
      if (id > 0) one.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(id).bytes())
      await clock.advance(19_000)
    }
    await clock.advance(3000)
    await one.gone()
    expect(server.reasons.at(-1)).toBe('no session was started in time')
  })

  it('S18: of one that keeps a channel open beside a session that has ended, neither', async () => {
    const clock = new ManualClock()
    const server = await start({ clock })
    const one = await client(server)
    for (const id of [0, 1, 2]) one.send(openSession(id))
    for (const id of [0, 1]) one.send(channelRequest(id, 'shell', false))
    const [first, second] = [await server.connection(0), await server.connection(1)]
    first.connection.end({ reason: 'exit', status: 0 })
    await one.next(MESSAGE.CHANNEL_CLOSE)
    one.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await first.until(() => first.closed !== undefined)
    await clock.advance(700_000)
    expect(second.closed).toBeUndefined()
    one.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(1).bytes())
    await second.until(() => second.closed !== undefined)
    await clock.advance(600_000)
    await one.gone()
    expect(server.reasons.at(-1)).toBe('no further session was started')
  })
})

describe('connections that do not log in', () => {
  it('are so many from one address; users from elsewhere get in', async () => {
    const server = await start({
      limits: { maxConnectsPerSecond: Infinity, maxConnectionsPerAddress: Infinity, maxUnauthenticatedPerAddress: 20 },
    })
    const crowd = Array.from({ length: 1000 }, () => plain(server))
    const turnedAway = crowd.slice(20).map(({ all }) => all)
    expect(new Set(await Promise.all(turnedAway))).toEqual(new Set([`${REFUSALS.maxUnauthenticatedPerAddress}\r\n`]))
    await client(server, { from: { localAddress: '127.0.0.2' } })
  })

  it('are so many in all; who comes then takes the place of the oldest', async () => {
    const server = await start({ limits: { maxUnauthenticated: 30, maxUnauthenticatedPerAddress: 20 } })
    const crowd = Array.from({ length: 300 }, (_, i) => plain(server, `127.0.1.${1 + (i % 200)}`))
    await Promise.all(crowd.slice(0, 270).map(({ all }) => all))
    await client(server, { from: { localAddress: '127.0.0.2' } })
  })

  it('count no more when they have logged in', async () => {
    const server = await start({ limits: { maxUnauthenticated: 2, maxUnauthenticatedPerAddress: 1 } })
    for (let i = 0; i < 5; i += 1) await client(server)
  })
})

describe('closing', () => {
  it('ends connections without a session now, and others with their last session', async () => {
    const server = await TestServer.start()
    const [waiting, idle, busy] = [await RawClient.connect(server.port), await client(server), await client(server)]
    busy.send(openSession(0))
    busy.send(channelRequest(0, 'shell', false))
    const session = await server.connection()
    const closed = server.close()
    await Promise.all([waiting.gone(), idle.gone()])
    session.connection.write('bye\n')
    session.connection.end({ reason: 'shutdown' })
    expect(new WireReader(await busy.next(MESSAGE.CHANNEL_DATA), 5).text()).toBe('bye\n')
    await busy.next(MESSAGE.CHANNEL_CLOSE)
    busy.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await busy.gone()
    await closed
  })
})

describe('options that cannot be', () => {
  it.each<[string, unknown[], string]>([
    ['a port alone', [8022], 'undefined'],
    ['a place alone', [{ port: 8022 }], 'undefined'],
    ['nothing', [], 'undefined'],
    ['no key', [{}], 'undefined'],
    ['null', [{ hostKey: null }], 'null'],
    ['a number', [{ hostKey: 5 }], '5'],
    ['an empty name', [{ port: 8022, hostKey: '' }], ''],
    ['an empty object', [{ hostKey: {} }], 'an object without file or key'],
    ['one that is none among others', [{ port: 8022, hostKey: [HOST_KEY, undefined] }], 'undefined'],
  ])('a host key is missing: %s', (_, given, value) => {
    const make = ssh as (...given: unknown[]) => unknown
    expect(() => make(...given)).toThrow(
      `The option hostKey cannot be ${value}: name a file, ssh({ port: 8022, hostKey: 'host_key' }): the key is made where there is none.`,
    )
  })

  it.each<[unknown, string]>([
    [{ limits: { maxSessions: 0 } }, 'The option limits.maxSessions cannot be 0'],
    [{ limits: { maxSessions: -1 } }, 'limits.maxSessions'],
    [{ limits: { rekeyBytes: Number.NaN } }, 'limits.rekeyBytes'],
    [{ limits: { maxSesions: 1 } }, 'limits has no such option. Did you mean `maxSessions`?'],
    [{ algorithms: { cipher: ['aes128-cbc'] } }, 'The option algorithms.cipher cannot be aes128-cbc'],
    [{ algorithms: { keyExchange: ['diffie-hellman-group1-sha1'] } }, 'algorithms.keyExchange'],
    [{ algorithms: { mac: [] } }, 'an empty list'],
    [{ algorithms: { hostKey: ['ssh-rsa'] } }, 'algorithms has keyExchange, cipher, mac'],
    [{ hostKey: [] }, 'it is empty'],
  ])('are refused at start, in a sentence: %j', async (options, sentence) => {
    await expect(start({ options: options as Partial<SshOptions> })).rejects.toThrow(sentence)
  })

  it('a port that is taken is told', async () => {
    const server = await start()
    const clock = new ManualClock()
    const tools = {
      authenticator: OPEN,
      clock,
      scheduler: clock,
      deadlines: new Deadlines(clock),
      log: SILENT,
      limitedLog: SILENT,
    }
    const host = { ...tools, admit: admitting(), open() {} }
    await expect(ssh({ port: server.port, hostKey: HOST_KEY }).listen(host)).rejects.toMatchObject({
      code: 'ADDRESS_IN_USE',
    })
    await expect(ssh({ hostKey: HOST_KEY }).listen(host)).rejects.toMatchObject({ code: 'OPTION' })
  })
})
