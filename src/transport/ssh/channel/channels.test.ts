import { afterEach, describe, expect, it } from 'vitest'
import type { ConnectionSink } from '../../../core/connection.ts'
import { ManualClock } from '../../../testing/manual-clock.ts'
import { MESSAGE } from '../protocol/codes.ts'
import { channelData, channelRequest, openSession, RawClient } from '../raw-client.suite.ts'
import { TestServer, type Received, type ServerSetup } from '../server.suite.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

let server: TestServer | undefined
let client: RawClient | undefined
afterEach(async () => {
  client?.destroy()
  await server?.close()
})

async function begin(setup: ServerSetup = {}): Promise<{ server: TestServer; client: RawClient }> {
  server = await TestServer.start(setup)
  client = await RawClient.loggedIn(server.port)
  return { server, client }
}

const PTY = new WireWriter().string('xterm').uint32(80).uint32(24).uint32(0).uint32(0).string('').bytes()

async function opened(setup: ServerSetup & { pty?: boolean; window?: number; exec?: string } = {}): Promise<{
  server: TestServer
  client: RawClient
  session: Received
}> {
  const both = await begin(setup)
  both.client.send(openSession(7, setup.window))
  await both.client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
  if (setup.pty === true) both.client.send(channelRequest(0, 'pty-req', false, PTY))
  const command = setup.exec === undefined ? undefined : new WireWriter().string(setup.exec).bytes()
  both.client.send(channelRequest(0, command === undefined ? 'shell' : 'exec', true, command))
  await both.client.next(MESSAGE.CHANNEL_SUCCESS)
  return { ...both, session: await both.server.connection() }
}

/** Returns all data of a stream up to now; waits until there are `least` bytes. */
async function output(from: RawClient, least: number, type: number = MESSAGE.CHANNEL_DATA): Promise<string> {
  let text = ''
  while (text.length < least) {
    const reader = new WireReader(await from.next(type), type === MESSAGE.CHANNEL_DATA ? 5 : 9)
    text += reader.text()
  }
  return text
}

function numbersOf(messages: readonly Buffer[]): number[] {
  return messages.map(message => message[0] ?? 0)
}

describe('output', () => {
  it('of a terminal ends its lines in CR LF, and has no stderr of its own', async () => {
    const { client, session } = await opened({ pty: true })
    session.connection.write('one\ntwo\r\nthree')
    session.connection.write('four\n', 'stderr')
    expect(await output(client, 21)).toBe('one\r\ntwo\r\nthreefour\r\n')
  })

  it('S18: of a pipe goes as it is, and stderr apart', async () => {
    const { client, session } = await opened({ exec: 'x' })
    session.connection.write('one\n')
    session.connection.write('two\n', 'stderr')
    session.connection.writeBytes(Uint8Array.of(0x33, 0xff))
    expect(await output(client, 4)).toBe('one\n')
    expect(await output(client, 4, MESSAGE.CHANNEL_EXTENDED_DATA)).toBe('two\n')
    const reader = new WireReader(await client.next(MESSAGE.CHANNEL_DATA), 5)
    expect([...reader.string()]).toEqual([0x33, 0xff])
  })

  it('of one turn is one message', async () => {
    const { client, session } = await opened({ pty: true })
    for (const text of ['e', 'echo\n', 'reply\n', '> ']) session.connection.write(text)
    await client.next(MESSAGE.CHANNEL_DATA).then(message => {
      expect(new WireReader(message, 5).text()).toBe('eecho\r\nreply\r\n> ')
    })
  })

  it('of a session whose user has sent something comes before what others are told in the same turn', async () => {
    const { server, client } = await opened({ exec: 'x' })
    client.send(openSession(8))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    client.send(channelRequest(1, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    const [told, asked] = [await server.connection(0), await server.connection(1)]
    asked.wake = () => {
      told.connection.write('News!')
      asked.connection.write('answer')
    }
    client.send(channelData(1, 'question'))
    const order = [await client.next(MESSAGE.CHANNEL_DATA), await client.next(MESSAGE.CHANNEL_DATA)]
    expect(order.map(message => message.readUInt32BE(1))).toEqual([8, 7])
  })

  it('waits for the window of the peer, in packets that it takes, in order', async () => {
    const { client, session } = await opened({ exec: 'x', window: 10 })
    session.connection.write('0123456789abcdef')
    session.connection.write('E', 'stderr')
    session.connection.write('ghij')
    expect(await output(client, 10)).toBe('0123456789')
    const more = (bytes: number): Buffer =>
      new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(0).uint32(bytes).bytes()
    client.send(more(7))
    expect(await output(client, 6)).toBe('abcdef')
    expect(await output(client, 1, MESSAGE.CHANNEL_EXTENDED_DATA)).toBe('E')
    client.send(more(100))
    expect(await output(client, 4)).toBe('ghij')
  })

  it('is held back: write says so, and drained tells when to go on', async () => {
    const { client, session } = await opened({ exec: 'x', window: 0 })
    const piece = 'x'.repeat(65_536)
    expect([1, 2, 3, 4].map(() => session.connection.write(piece))).toEqual([true, true, true, false])
    expect(session.connection.queued).toBe(4 * 65_536)
    const drained = session.connection.drained()
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(0).uint32(65_536).bytes())
    await drained
    expect(session.connection.queued).toBeLessThanOrEqual(3 * 65_536)
  })

  it('for a client that promises 4 GiB and stops reading costs no more than 4 MiB', async () => {
    const { client, session } = await opened({ exec: 'x', window: 2 ** 32 - 1 })
    client.socket.pause()
    let held = 0
    while (session.connection.write('x'.repeat(65_536)) && held < 1000) {
      held += 1
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(held).toBeLessThan(1000)
    expect(session.connection.queued).toBeLessThan(4 * 1024 * 1024)
    client.destroy()
    await session.connection.drained()
    expect(session.connection.write('nobody is there')).toBe(true)
  })

  it('after the end goes nowhere, and does no harm', async () => {
    const { client, session } = await opened({ exec: 'x' })
    session.connection.write('last words\n')
    session.connection.end({ reason: 'done', status: 3 })
    session.connection.write('never seen\n')
    expect(await output(client, 11)).toBe('last words\n')
    await client.next(MESSAGE.CHANNEL_CLOSE)
    expect(numbersOf(client.arrived)).not.toContain(MESSAGE.CHANNEL_DATA)
  })
})

describe('the end', () => {
  it.each([
    [{ reason: 'done' }, 'exit-status', 0],
    [{ reason: 'done', status: 127 }, 'exit-status', 127],
    [{ reason: 'done', status: 256 }, 'exit-status', 255],
    [{ reason: 'killed', signal: 'TERM' }, 'exit-signal', undefined],
    [{ reason: 'killed', signal: 'STRANGE' }, 'exit-status', 255],
  ])('S18: %j is told as %s %s, then EOF, then the close', async (end, type, status) => {
    const { client, session } = await opened({ exec: 'x' })
    session.connection.end(end)
    await client.next(MESSAGE.CHANNEL_CLOSE)
    expect(numbersOf(client.arrived).slice(-2)).toEqual([MESSAGE.CHANNEL_REQUEST, MESSAGE.CHANNEL_EOF])
    const reader = new WireReader(await client.next(MESSAGE.CHANNEL_REQUEST), 5)
    expect([reader.text(), reader.boolean()]).toEqual([type, false])
    if (status === undefined) expect(reader.text()).toBe('TERM')
    else expect(reader.uint32()).toBe(status)
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await session.until(() => session.closed !== undefined)
    expect(session.closed).toBe(end.reason)
  })

  it('waits until all was delivered, but not for ever', async () => {
    const clock = new ManualClock()
    const { session } = await opened({ exec: 'x', window: 3, clock })
    session.connection.write('never read')
    session.connection.end({ reason: 'done' })
    expect(session.closed).toBeUndefined()
    await clock.advance(30_000)
    await session.until(() => session.closed !== undefined)
    expect(session.closed).toBe('done')
  })

  it('by abort is at once, and takes the connection along where nothing else is on it', async () => {
    const { client, session } = await opened({ exec: 'x', window: 3 })
    session.connection.write('never read')
    session.connection.abort('idle')
    await client.gone()
    await session.until(() => session.closed !== undefined)
    expect(session.events).toEqual([{ type: 'closed', reason: 'idle' }])
  })

  it('comes once when the client closes the session, or is gone', async () => {
    const { client, session } = await opened()
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await client.next(MESSAGE.CHANNEL_CLOSE)
    expect(session.closed).toBe('the client has closed the session')
    client.send(openSession(8))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    client.send(channelRequest(1, 'shell', true))
    const other = await server?.connection(1)
    client.destroy()
    await other?.until(() => other.closed !== undefined)
    session.connection.end({ reason: 'late' })
    expect([session.events.length, other?.events.length]).toEqual([1, 1])
  })
})

describe('input', () => {
  it('is UTF-8, wherever the packets part it', async () => {
    const { client, session } = await opened({ pty: true })
    const text = 'é日👩‍👩‍👧\r\ufeffx'
    const bytes = Buffer.from(text)
    for (let size = 1; size <= bytes.length; size += 1) {
      session.text = ''
      for (let at = 0; at < bytes.length; at += size) client.send(channelData(0, bytes.subarray(at, at + size)))
      await session.until(() => session.text.length >= text.length)
      expect(session.text).toBe(text)
    }
  })

  it('that is not UTF-8 becomes U+FFFD, and harms nothing after it', async () => {
    const { client, session } = await opened()
    client.send(channelData(0, Uint8Array.of(0x61, 0xff, 0xe6, 0x62)))
    client.send(channelData(0, 'ok'))
    await session.until(() => session.text.endsWith('ok'))
    expect(session.text).toBe('a\ufffd\ufffdbok')
  })

  it('that comes before the session listens is not lost, nor its order', async () => {
    const { client, session } = await opened({ program: () => {}, pty: true })
    client.send(channelData(0, 'typed '))
    client.send(channelData(0, 'ahead'))
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes())
    client.send(channelRequest(0, 'break', true, new WireWriter().uint32(500).bytes()))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    session.start()
    expect([session.text, session.events.map(event => event.type)]).toEqual(['typed ahead', ['end-of-input', 'break']])
  })

  it('is held while the session pauses; interrupts are not, the end of input is', async () => {
    const { client, session } = await opened()
    session.connection.pause()
    client.send(channelData(0, 'later'))
    client.send(channelRequest(0, 'signal', true, new WireWriter().string('INT').bytes()))
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes())
    await session.until(() => session.events.length > 0)
    expect([session.text, session.events]).toEqual(['', [{ type: 'interrupt' }]])
    await roundTrip(client)
    session.connection.resume()
    expect([session.text, session.events.at(-1)]).toEqual(['later', { type: 'end-of-input' }])
  })

  it('ends once, however often its end is sent', async () => {
    const { client, session } = await opened()
    for (let i = 0; i < 100; i += 1) client.send(new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes())
    await roundTrip(client)
    expect(session.events).toEqual([{ type: 'end-of-input' }])
  })

  it('ends also where a storm of signals has come before the session listens', async () => {
    const { client, session } = await opened({ program: () => {} })
    for (let i = 0; i < 100; i += 1) {
      client.send(channelRequest(0, 'signal', false, new WireWriter().string('USR1').bytes()))
    }
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes())
    await roundTrip(client)
    session.start()
    expect([session.events.length, session.events.at(-1)]).toEqual([65, { type: 'end-of-input' }])
  })

  it('is bounded by the window, which opens as the session takes it', async () => {
    const { client, session } = await opened()
    session.connection.pause()
    for (let sent = 0; sent < 256 * 1024; sent += 16_384) client.send(channelData(0, 'x'.repeat(16_384)))
    await roundTrip(client)
    expect(numbersOf(client.arrived)).not.toContain(MESSAGE.CHANNEL_WINDOW_ADJUST)
    session.connection.resume()
    const adjusted = new WireReader(await client.next(MESSAGE.CHANNEL_WINDOW_ADJUST), 5).uint32()
    expect(adjusted).toBe(128 * 1024)
    expect(session.text.length).toBe(256 * 1024)
  })

  it('of single bytes costs little while it is held', async () => {
    const { client, session } = await opened({ program: () => {} })
    for (let i = 0; i < 2000; i += 1) client.send(channelData(0, 'x'))
    await roundTrip(client)
    session.start()
    expect(session.text).toBe('x'.repeat(2000))
  })

  it('after its end, and of a kind that no client sends, goes nowhere', async () => {
    const { client, session } = await opened()
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_EXTENDED_DATA).uint32(0).uint32(1).string('strange').bytes())
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes())
    client.send(channelData(0, 'too late'))
    await roundTrip(client)
    expect([session.text, session.events]).toEqual(['', [{ type: 'end-of-input' }]])
  })

  it('before anything was asked for goes nowhere either, and is not counted against what follows', async () => {
    const { server, client } = await begin()
    client.send(openSession(7))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    for (let sent = 0; sent < 256 * 1024; sent += 16_384) client.send(channelData(0, 'x'.repeat(16_384)))
    await client.next(MESSAGE.CHANNEL_WINDOW_ADJUST)
    client.send(channelRequest(0, 'shell', true))
    client.send(channelData(0, 'in time'))
    const session = await server.connection()
    await session.until(() => session.text !== '')
    expect(session.text).toBe('in time')
  })

  it('may stop a session from within, in the middle of what was held', async () => {
    const sink: ConnectionSink & { text(text: string): void; seen: string } = {
      seen: '',
      text(text) {
        sink.seen += text
        connection?.pause()
      },
      event() {},
    }
    const { client, session } = await opened({ program: () => {} })
    const connection = session.connection
    client.send(channelData(0, 'one'))
    client.send(channelData(0, 'two'))
    await roundTrip(client)
    connection.start(sink)
    expect(sink.seen).toBe('one')
    connection.resume()
    expect(sink.seen).toBe('onetwo')
  })
})

/** Waits until the server has read all that was sent. */
async function roundTrip(client: RawClient): Promise<void> {
  client.send(new WireWriter().byte(MESSAGE.GLOBAL_REQUEST).string('keepalive@openssh.com').boolean(true).bytes())
  await client.next(MESSAGE.REQUEST_FAILURE)
}

describe('requests of a running session', () => {
  it('resize, interrupt, break and signal it', async () => {
    const { client, session } = await opened({ pty: true })
    const size = (columns: number, rows: number): Buffer =>
      new WireWriter().uint32(columns).uint32(rows).uint32(0).uint32(0).bytes()
    client.send(channelRequest(0, 'window-change', false, size(132, 50)))
    client.send(channelRequest(0, 'window-change', false, size(0, 0)))
    client.send(channelRequest(0, 'signal', false, new WireWriter().string('INT').bytes()))
    client.send(channelRequest(0, 'signal', false, new WireWriter().string('USR1').bytes()))
    client.send(channelRequest(0, 'break', true, new WireWriter().uint32(0).bytes()))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    expect(session.events).toMatchObject([
      { type: 'terminal', terminal: { columns: 132, rows: 50 } },
      { type: 'terminal', terminal: { columns: 132, rows: 50 } },
      { type: 'interrupt' },
      { type: 'signal', name: 'USR1' },
      { type: 'break' },
    ])
  })

  it.each([
    ['winadj@putty.projects.tartarus.org', Buffer.alloc(0)],
    ['keepalive@openssh.com', Buffer.alloc(0)],
    ['auth-agent-req@openssh.com', Buffer.alloc(0)],
    ['x11-req', Buffer.alloc(20)],
    ['subsystem', new WireWriter().string('sftp').bytes()],
    ['shell', Buffer.alloc(0)],
    ['exec', new WireWriter().string('a second one').bytes()],
    ['pty-req', PTY],
    ['env', new WireWriter().string('LANG').string('C').bytes()],
    ['signal', new WireWriter().string('NOSUCH').bytes()],
    ['', Buffer.alloc(0)],
  ])('such as %j are refused, always with an answer where one is wanted', async (type, body) => {
    const { server, client } = await opened()
    client.send(channelRequest(0, type, false, body))
    client.send(channelRequest(0, type, true, body))
    expect(new WireReader(await client.next(MESSAGE.CHANNEL_FAILURE, MESSAGE.CHANNEL_SUCCESS), 1).uint32()).toBe(7)
    await roundTrip(client)
    expect(client.arrived.filter(message => message[0] === MESSAGE.CHANNEL_FAILURE)).toEqual([])
    expect(server.opened).toHaveLength(1)
  })

  it('in a storm are answered one by one, in order', async () => {
    const { client } = await opened()
    for (let i = 0; i < 5000; i += 1)
      client.send(channelRequest(0, i % 2 ? 'break' : 'winadj@putty', true, Buffer.alloc(4)))
    const answers = [MESSAGE.CHANNEL_SUCCESS, MESSAGE.CHANNEL_FAILURE]
    for (let i = 0; i < 5000; i += 1)
      expect((await client.next(...answers))[0]).toBe(i % 2 ? MESSAGE.CHANNEL_SUCCESS : MESSAGE.CHANNEL_FAILURE)
  })
})

describe('channels', () => {
  it('are several on one connection, each for itself', async () => {
    const { server, client } = await begin()
    for (const id of [3, 5]) {
      client.send(openSession(id))
      client.send(channelRequest(id === 3 ? 0 : 1, 'shell', false))
    }
    const [first, second] = [await server.connection(0), await server.connection(1)]
    client.send(channelData(1, 'to the second'))
    await second.until(() => second.text !== '')
    second.connection.write('from the second')
    expect(new WireReader(await client.next(MESSAGE.CHANNEL_DATA), 1).uint32()).toBe(5)
    first.connection.abort('enough')
    await client.next(MESSAGE.CHANNEL_CLOSE)
    client.send(channelData(1, '!'))
    await second.until(() => second.text.endsWith('!'))
    expect([first.text, second.text]).toEqual(['', 'to the second!'])
    expect(first.connection.facts.id).not.toBe(second.connection.facts.id)
  })

  it('go on where one beside them is cut off as it begins', async () => {
    const program = (received: Received): void => {
      received.start()
      if (received.connection.facts.request.type === 'exec') received.connection.abort('too much output')
    }
    const { server, client } = await begin({ program })
    client.send(openSession(3))
    client.send(channelRequest(0, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    client.send(openSession(5))
    client.send(channelRequest(1, 'exec', true, new WireWriter().string('flood').bytes()))
    await client.next(MESSAGE.CHANNEL_CLOSE)
    const first = await server.connection(0)
    first.connection.write('still here')
    expect(await output(client, 'still here'.length)).toBe('still here')
  })

  it('count their own bytes, of stdout and stderr, both ways', async () => {
    const { server, client } = await begin()
    for (const id of [0, 1]) {
      client.send(openSession(id))
      client.send(channelRequest(id, 'shell', false))
    }
    const [first, second] = [await server.connection(0), await server.connection(1)]
    expect(first.connection.traffic).toEqual({ received: 0, sent: 0 })
    client.send(channelData(0, 'grüße'))
    client.send(channelData(0, '!'))
    await first.until(() => first.text === 'grüße!')
    first.connection.write('é')
    first.connection.write('no', 'stderr')
    await output(client, 2, MESSAGE.CHANNEL_EXTENDED_DATA)
    expect(first.connection.traffic).toEqual({ received: 8, sent: 4 })
    expect(second.connection.traffic).toEqual({ received: 0, sent: 0 })
    second.connection.write('goodbye')
    second.connection.end({ reason: 'exit' })
    await client.next(MESSAGE.CHANNEL_CLOSE)
    expect(second.connection.traffic).toEqual({ received: 0, sent: 7 })
  })

  it('are ten at most, and free again when they are closed', async () => {
    const { client } = await begin()
    for (let id = 0; id < 11; id += 1) client.send(openSession(id))
    const refused = new WireReader(await client.next(MESSAGE.CHANNEL_OPEN_FAILURE), 1)
    expect([refused.uint32(), refused.uint32()]).toEqual([10, 4])
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(4).bytes())
    client.send(openSession(20))
    await roundTrip(client)
    expect(client.arrived.filter(message => message[0] === MESSAGE.CHANNEL_OPEN_CONFIRMATION)).toHaveLength(11)
  })

  it('in a storm are answered one by one, and opened as many as may be', async () => {
    const { server, client } = await begin()
    for (let id = 0; id < 5000; id += 1) client.send(openSession(id))
    await roundTrip(client)
    expect(client.arrived.filter(([type]) => type === MESSAGE.CHANNEL_OPEN_CONFIRMATION)).toHaveLength(10)
    expect(client.arrived.filter(([type]) => type === MESSAGE.CHANNEL_OPEN_FAILURE)).toHaveLength(4990)
    client.send(channelRequest(9, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    expect(server.opened).toHaveLength(1)
  })

  it.each([
    ['direct-tcpip', 1],
    ['x11', 1],
    ['auth-agent@openssh.com', 1],
    ['strange', 3],
  ])('of the kind %s are refused', async (type, reason) => {
    const { client } = await begin()
    client.send(
      new WireWriter()
        .byte(MESSAGE.CHANNEL_OPEN)
        .string(type)
        .uint32(9)
        .uint32(9)
        .uint32(9)
        .raw(Buffer.alloc(50))
        .bytes(),
    )
    const reader = new WireReader(await client.next(MESSAGE.CHANNEL_OPEN_FAILURE), 1)
    expect([reader.uint32(), reader.uint32()]).toEqual([9, reason])
  })

  it('are no more where no more were wanted, and none that can carry nothing', async () => {
    const { client } = await begin()
    client.send(openSession(0, 100, 0))
    await client.next(MESSAGE.CHANNEL_OPEN_FAILURE)
    client.send(
      new WireWriter().byte(MESSAGE.GLOBAL_REQUEST).string('no-more-sessions@openssh.com').boolean(false).bytes(),
    )
    client.send(openSession(1))
    expect(new WireReader(await client.next(MESSAGE.CHANNEL_OPEN_FAILURE), 1).uint32()).toBe(1)
  })

  it('forward nothing: requests are refused, in order', async () => {
    const { client } = await begin()
    const forward = new WireWriter()
      .byte(MESSAGE.GLOBAL_REQUEST)
      .string('tcpip-forward')
      .boolean(true)
      .string('')
      .uint32(0)
      .bytes()
    for (let i = 0; i < 100; i += 1) client.send(forward)
    for (let i = 0; i < 100; i += 1) await client.next(MESSAGE.REQUEST_FAILURE)
  })
})

describe('what breaks the protocol ends the connection, with one line in the log', () => {
  it.each<[string, Uint8Array, string]>([
    ['data for no channel', channelData(9, 'x'), 'a message for a channel that is not open'],
    [
      'more data than the window',
      new WireWriter().byte(94).uint32(0).string('x'.repeat(32_000)).bytes(),
      'more data than the window allows',
    ],
    [
      'a window beyond 2^32',
      new WireWriter()
        .byte(93)
        .uint32(0)
        .uint32(2 ** 32 - 1)
        .bytes(),
      'a window beyond 2^32',
    ],
    [
      'data that is cut short',
      new WireWriter()
        .byte(94)
        .uint32(0)
        .uint32(2 ** 31)
        .bytes(),
      'a message of channels is cut short',
    ],
    [
      'a request that is cut short',
      new WireWriter().byte(98).uint32(0).uint32(99).bytes(),
      'a message of channels is cut short',
    ],
    ['a message without a channel', Uint8Array.of(96, 0), 'a message of channels is cut short'],
    [
      'an opening that is cut short',
      new WireWriter().byte(90).string('session').bytes(),
      'a message of channels is cut short',
    ],
  ])('%s', async (_, message, reason) => {
    const { server, client, session } = await opened({ program: () => {} })
    for (let i = 0; i < 20 && !client.closed; i += 1) client.send(message)
    await client.gone()
    session.start()
    expect(session.closed).toBe(reason)
    expect(server.reasons.filter(Boolean)).toEqual([reason])
  })

  it('exec of 1 MB', async () => {
    const { server, client } = await begin()
    client.send(openSession(0))
    await client.next(MESSAGE.CHANNEL_OPEN_CONFIRMATION)
    client.send(channelRequest(0, 'exec', true, new WireWriter().string('x'.repeat(1_000_000)).bytes()))
    await client.gone()
    expect(server.reasons.at(-1)).toContain('Bad packet length')
  })
})
