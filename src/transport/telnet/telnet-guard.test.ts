import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { REFUSALS } from '../../guard/admission.ts'
import { accept, serve } from '../../serve.ts'
import type { Server, ServerOptions } from '../../serve.ts'
import { createShell } from '../../shell/shell.ts'
import { FOREIGN_PROTOCOLS } from '../../telnet/foreign-protocol.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { HEADER_TIMEOUT_MS } from '../net/proxy-protocol.ts'
import type { ProxyOptions } from '../net/proxy-protocol.ts'
import { telnet } from './telnet.ts'

const open: { close(options?: object): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close({ timeout: 0 })))
})

const who = () =>
  createShell({ prompt: '$ ' }).command(
    'who',
    'Who.',
    (_, { peer }) => `${peer.address} ${peer.port} ${peer.localAddress}`,
  )

async function served(options: ServerOptions = {}, proxy?: ProxyOptions): Promise<Server<unknown>> {
  const listen = [telnet({ port: 0, ...(proxy && { proxy }) })]
  const server = await serve(who(), { listen, log: false, ...options })
  open.push(server)
  return server
}

function client(server: Server<unknown>, ...pieces: (string | Buffer)[]): Socket {
  const socket = connect({ port: server.addresses[0]!.port!, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  for (const piece of pieces) socket.write(piece, 'latin1')
  return socket
}

/** All that comes until the server closes, without its negotiation. */
async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks)
    .toString('latin1')
    .replaceAll(/\xff[\xfb-\xfe]./gs, '')
}

async function until(socket: Socket, text: string): Promise<string> {
  let all = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    all += (chunk as Buffer).toString('latin1')
    if (all.includes(text)) break
  }
  return all
}

describe('telnet: who is refused', () => {
  it('is told why in one line, and nothing else is done for them', async () => {
    const server = await served({ limits: { maxConnectionsPerAddress: 1 } })
    const first = client(server)
    await until(first, '$ ')
    expect(await allOf(client(server))).toBe(`${REFUSALS.maxConnectionsPerAddress}\r\n`)
    expect(server.counts.refused.maxConnectionsPerAddress).toBe(1)
    first.destroy()
  })

  it('gets in when the one before has gone', async () => {
    const server = await served({ limits: { maxConnectionsPerAddress: 1 } })
    for (let i = 0; i < 5; i++) {
      const socket = client(server)
      await until(socket, '$ ')
      socket.resume().end('exit\r\n')
      await once(socket, 'close')
      while (server.sessions.length > 0) await new Promise(resolve => setImmediate(resolve))
    }
    expect(server.counts.sessions).toBe(5)
  })

  it('is refused by an acceptor as well', async () => {
    const acceptor = accept(who(), telnet(), { limits: { maxConnections: 1 }, log: false })
    const own = createServer(acceptor).listen(0, '127.0.0.1')
    await once(own, 'listening')
    const [first, second] = [0, 1].map(() => connect((own.address() as AddressInfo).port, '127.0.0.1'))
    await until(first!, '$ ')
    expect(await allOf(second!)).toBe(`${REFUSALS.maxConnections}\r\n`)
    own.close()
    await acceptor.close({ timeout: 0 })
  })
})

describe('telnet: who speaks another protocol', () => {
  it.each([
    ['http', 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n'],
    ['ssh', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['tls', '\x16\x03\x01\0\x2e\x01\0'],
  ] as const)('%s is told so in a line, and goes; nothing of it is run', async (protocol, greeting) => {
    const ends: unknown[] = []
    const line = (fields: object) => void ends.push(fields)
    const server = await served({ log: { debug: line, info: line, warn: line, error: line } })
    expect(await allOf(client(server, greeting))).toBe(`$ \r\n${FOREIGN_PROTOCOLS[protocol]}\r\n`)
    while (server.sessions.length > 0) await new Promise(resolve => setImmediate(resolve))
    expect(ends.at(-1)).toMatchObject({ event: 'end', reason: `${protocol} client` })
  })
})

describe('telnet behind a proxy', () => {
  const proxy = { from: ['127.0.0.1/32'] }
  const header = 'PROXY TCP4 192.0.2.1 127.0.0.9 4711 23\r\n'

  it('sees the addresses that the proxy names, however the header comes, and what follows it', async () => {
    const server = await served({}, proxy)
    for (const pieces of [[`${header}who\r\n`], [header, 'who\r\n'], [...header, 'who\r\n']]) {
      const socket = client(server, ...pieces)
      expect(await until(socket, '127.0.0.9')).toContain('192.0.2.1 4711 127.0.0.9')
      socket.destroy()
    }
  })

  it('counts by those addresses', async () => {
    const server = await served({ limits: { maxConnectionsPerAddress: 1 } }, proxy)
    const first = client(server, header)
    await until(first, '$ ')
    expect(await allOf(client(server, header))).toBe(`${REFUSALS.maxConnectionsPerAddress}\r\n`)
    const other = client(server, header.replace('192.0.2.1', '192.0.2.2'))
    await until(other, '$ ')
    for (const socket of [first, other]) socket.destroy()
  })

  it('does not show a shell without authentication to the world through a proxy on loopback', async () => {
    const server = await served({}, proxy)
    expect(await allOf(client(server, header.replace('127.0.0.9', '203.0.113.9')))).toBe('')
  })

  it('takes the word of nobody else: to them a header is what they have typed', async () => {
    const server = await served({}, { from: ['192.0.2.99'] })
    const socket = client(server, header, 'who\r\n')
    expect(await until(socket, '127.0.0.1 ')).toContain('PROXY')
    socket.destroy()
  })

  it('closes on a proxy that sends something else, or nothing in time, or only looks', async () => {
    const clock = new ManualClock()
    const server = await served({ clock }, proxy)
    expect(await allOf(client(server, 'joe\r\n'))).toBe('')
    expect(await allOf(client(server).end())).toBe('')
    expect(await allOf(client(server, Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex').toString('latin1')))).toBe(
      '',
    )
    const silent = client(server)
    while (clock.pending === 0) await new Promise(resolve => setImmediate(resolve))
    const closed = allOf(silent)
    await clock.advance(HEADER_TIMEOUT_MS)
    expect(await closed).toBe('')
    expect([server.counts.sessions, clock.pending]).toEqual([0, 0])
  })

  it('wants the proxies named', async () => {
    await expect(served({}, { from: [] })).rejects.toMatchObject({ code: 'OPTION' })
    await expect(served({}, { from: ['proxy.example.org'] })).rejects.toThrow(
      'The option proxy.from cannot be proxy.example.org',
    )
  })
})
