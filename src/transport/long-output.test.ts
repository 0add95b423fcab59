import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { SocketTransport } from '../core/transport.ts'
import { accept } from '../serve.ts'
import { createShell } from '../shell/shell.ts'
import { MESSAGE } from './ssh/protocol/codes.ts'
import { channelData, channelRequest, openSession, RawClient } from './ssh/raw-client.suite.ts'
import { HOST_KEY } from './ssh/server.suite.ts'
import { ssh } from './ssh/ssh.ts'
import { telnet } from './telnet/telnet.ts'

/** `maxQueuedOutput`, by default. */
const LIMIT = 2 ** 20

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach(close => close()))

/**
 * A server with one command, which writes so many characters in one piece, and what it holds for
 * its client when it has.
 */
async function served(transport: SocketTransport<Socket, any>): Promise<{ port: number; held: Promise<Held> }> {
  let written: (held: Held) => void = () => {}
  const held = new Promise<Held>(resolve => (written = resolve))
  let socket: Socket | undefined
  const shell = createShell().command('write <n:integer>', 'Write.', ({ n }, session) => {
    const before = process.memoryUsage().arrayBuffers
    void session.write('x'.repeat(n))
    const look = () =>
      written({ inSocket: socket?.writableLength ?? 0, inBuffers: process.memoryUsage().arrayBuffers - before })
    setImmediate(() => setImmediate(look))
  })
  const entrance = accept(shell, transport, { log: false })
  const server = createServer({ noDelay: true, allowHalfOpen: true }, each => entrance((socket = each)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => server.close())
  return { port: (server.address() as AddressInfo).port, held }
}

interface Held {
  readonly inSocket: number
  /** What the system has taken already is among them until it is collected. */
  readonly inBuffers: number
}

function expectLittle({ inSocket, inBuffers }: Held): void {
  expect(inSocket).toBeLessThan(LIMIT)
  expect(inBuffers).toBeLessThan(16 * LIMIT)
}

const LENGTHS = [LIMIT - 1, LIMIT, LIMIT + 1, 32 * LIMIT]

it.each(LENGTHS)('over telnet %i characters in one piece cost the server little, and all come', async length => {
  const { port, held } = await served(telnet())
  const client = connect({ port, host: '127.0.0.1' })
  closing.push(() => client.destroy())
  client.write(`write ${length}\r\n`)
  expectLittle(await held)
  let received = 0
  for await (const chunk of client) {
    received += (chunk as Buffer).toString('latin1').replaceAll(/[^x]/g, '').length
    if (received >= length) break
  }
  expect(received).toBe(length)
})

it.each(LENGTHS)('over SSH %i characters in one piece cost the server little, and all come', async length => {
  const { port, held } = await served(ssh({ hostKey: HOST_KEY }))
  const client = await RawClient.loggedIn(port)
  closing.push(() => client.destroy())
  client.send(openSession(0, 2 ** 31))
  client.send(channelRequest(0, 'shell', true))
  await client.next(MESSAGE.CHANNEL_SUCCESS)
  client.socket.pause()
  client.send(channelData(0, `write ${length}\n`))
  expectLittle(await held)
  client.socket.resume()
  let received = 0
  while (received < length) received += (await client.next(MESSAGE.CHANNEL_DATA)).length - 9
  expect(received).toBe(length)
})
