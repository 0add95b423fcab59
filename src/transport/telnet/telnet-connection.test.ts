import { EventEmitter, once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it } from 'vitest'
import type { ConnectionEvent } from '../../core/connection.ts'
import { Deadlines } from '../../core/time/deadlines.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { BUFFERS } from '../../platform/buffer-pool.ts'
import { TelnetConnection } from './telnet-connection.ts'
import type { TelnetSettings } from './telnet-connection.ts'

const FULL = 64 * 1024

/** A clock on which every look at it takes a millisecond, and turns come when they are called. */
class BusyClock extends ManualClock {
  readonly turns: (() => void)[] = []
  #looks = 0
  slow = true

  override now(): number {
    return (this.#looks += this.slow ? 1 : 0)
  }

  override defer(run: () => void): void {
    this.turns.push(run)
  }
}

function settings(clock: ManualClock): TelnetSettings {
  return {
    host: { clock, scheduler: clock, deadlines: new Deadlines(clock) },
    peer: clock,
    identity: undefined,
    keepAliveInterval: Infinity,
  }
}

/** Whose bytes were sent, in order. */
const SENT: TelnetConnection[] = []

function connected() {
  const clock = new BusyClock()
  const socket = Object.assign(new EventEmitter(), {
    reading: true,
    destroyed: false,
    writableLength: 0,
    write: (..._: unknown[]): boolean => {
      SENT.push(connection)
      return true
    },
    pause: () => (socket.reading = false),
    resume: () => (socket.reading = true),
    end: () => {},
    destroy: () => socket.emit('close'),
  })
  const connection = new TelnetConnection(
    socket as unknown as Socket,
    { transport: 'telnet', secure: false },
    settings(clock),
  )
  const heard: string[] = []
  connection.start({
    text: text => void heard.push(text),
    event: (event: ConnectionEvent) => void heard.push(event.type),
  })
  const send = (bytes: number): void => void socket.emit('data', Buffer.alloc(bytes, 'x'))
  const read = (): number => heard.join('').length
  return { clock, socket, connection, heard, send, read }
}

it('a read that takes long goes on in the next turns, and nothing else is read until it is done', () => {
  const { clock, socket, send, read } = connected()
  send(2500)
  expect([read(), socket.reading, clock.turns.length]).toEqual([1024, false, 1])
  clock.turns.shift()?.()
  expect([read(), socket.reading, clock.turns.length]).toEqual([2048, false, 1])
  clock.turns.shift()?.()
  expect([read(), socket.reading, clock.turns.length]).toEqual([2500, true, 0])
})

it('a short read is read at once, and the next too', () => {
  const { clock, socket, send, read } = connected()
  send(1024)
  send(1024)
  expect([read(), socket.reading, clock.turns.length]).toEqual([2048, true, 0])
})

it('a full read, behind which there is more, is one turn’s, however quickly it is done', () => {
  const { clock, socket, send, read } = connected()
  clock.slow = false
  send(FULL)
  expect([read(), socket.reading, clock.turns.length]).toEqual([FULL, false, 1])
  clock.turns.shift()?.()
  expect(socket.reading).toBe(true)
})

it('whoever has paused it is not read from when the turn comes', () => {
  const { clock, socket, connection, send, read } = connected()
  send(1500)
  connection.pause()
  clock.turns.shift()?.()
  expect([read(), socket.reading]).toEqual([1500, false])
  connection.resume()
  expect(socket.reading).toBe(true)
})

it('whoever asks for more while a part waits has it in its turn', () => {
  const { clock, socket, connection, send } = connected()
  send(1500)
  connection.resume()
  expect(socket.reading).toBe(false)
  clock.turns.shift()?.()
  expect(socket.reading).toBe(true)
})

it('what still comes after the end is read, whoever had paused it: unread it would take the last output along', () => {
  const { clock, socket, connection, send, read } = connected()
  connection.pause()
  connection.end({ reason: 'exit' })
  send(1500)
  clock.turns.shift()?.()
  expect([read(), socket.reading]).toEqual([0, true])
})

it('what waits of a peer that is gone is not read', () => {
  const { clock, socket, heard, send, read } = connected()
  send(1500)
  socket.destroy()
  const before = read()
  clock.turns.shift()?.()
  expect([read(), heard.at(-1)]).toEqual([before, 'closed'])
})

it('who has sent something is answered before what was written to others is sent', async () => {
  const [a, b, c] = [connected(), connected(), connected()]
  await new Promise(resolve => setImmediate(resolve))
  SENT.length = 0
  for (const { connection } of [a, b, c]) connection.write('News!')
  c.send(1)
  while (SENT.length < 3) await new Promise(resolve => setImmediate(resolve))
  expect(SENT.map(one => [a, b, c].findIndex(({ connection }) => connection === one))).toEqual([2, 0, 1])
})

it('what waits is kept in memory that is used again, and not with the whole read', () => {
  const { clock, socket, heard, send } = connected()
  const spare = BUFFERS.take()
  if (spare !== undefined) BUFFERS.giveBack(spare)
  const free = BUFFERS.free
  const pieces = Array.from({ length: 20 }, (_, i) => String.fromCodePoint(97 + i).repeat(1024))
  const read = Buffer.from(pieces.join(''))
  socket.emit('data', read)
  read.fill('z')
  expect(BUFFERS.free).toBe(free - 1)
  while (clock.turns.length > 0) clock.turns.shift()?.()
  expect([heard.join(''), BUFFERS.free]).toEqual([pieces.join(''), free])
  send(20 * 1024)
  expect(BUFFERS.free).toBe(free - 1)
  socket.destroy()
  clock.turns.shift()?.()
  expect(BUFFERS.free).toBe(free)
})

it('bytes are sent as they are, in order with the text, and IAC is doubled', async () => {
  const { socket, connection } = connected()
  await new Promise(resolve => setImmediate(resolve))
  const sent: Buffer[] = []
  socket.write = data => sent.push(Buffer.from(data as Uint8Array)) > 0
  connection.write('one\n')
  expect(connection.writeBytes(Uint8Array.of(10, 255, 0))).toBe(true)
  connection.write('two\n')
  await new Promise(resolve => setImmediate(resolve))
  expect(Buffer.concat(sent)).toEqual(Buffer.from('one\r\n\n\xff\xff\0two\r\n', 'latin1'))
})

it('a socket that is none of Node’s own is lent no memory', async () => {
  const { socket, connection } = connected()
  const sent: unknown[][] = []
  socket.write = (...args: unknown[]) => sent.push(args) > 0
  connection.write('x'.repeat(30_000))
  await new Promise(resolve => setImmediate(resolve))
  expect(sent.map(args => args.length)).toEqual([1])
})

it('two peers on real sockets read what was written to each, though one reads late', async () => {
  const accepted: Socket[] = []
  const server = createServer(socket => void accepted.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
  while (accepted.length < 2) await new Promise(resolve => setImmediate(resolve))
  const peer = { transport: 'telnet', secure: false } as const
  const sink = { text: () => {}, event: () => {} }
  const connections = accepted.map(socket => new TelnetConnection(socket, peer, settings(new ManualClock())))
  for (const connection of connections) connection.start(sink)
  // More than the system's own buffers take.
  const pieces = 800
  for (const [i, connection] of connections.entries()) {
    for (let piece = 0; piece < pieces; piece++) connection.write(`${String(i).repeat(20_000)}\n`)
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
  }
  expect(connections[0]?.queued).toBeGreaterThan(0)
  const read = await Promise.all(
    clients.toReversed().map(async client => {
      const counts = [0, 0]
      client.on('data', (data: Buffer) => {
        for (const byte of data) if (byte === 48 || byte === 49) counts[byte - 48]! += 1
      })
      while (counts[0]! + counts[1]! < pieces * 20_000) await once(client, 'data')
      return counts
    }),
  )
  expect(read).toEqual([
    [0, pieces * 20_000],
    [pieces * 20_000, 0],
  ])
  for (const socket of [...clients, ...accepted]) socket.destroy()
  server.close()
})
