import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { getActiveResourcesInfo } from 'node:process'
import { expect, it, vi } from 'vitest'
import { createShell, serve } from '../src/index.ts'
import { ManualClock } from '../src/testing/manual-clock.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'

/** Every way in which a connection comes to its end. */
const WAYS: Readonly<Record<string, (socket: Socket) => void>> = {
  exit: socket => socket.write('joe\r\nx\r\nexit\r\n'),
  'end of the input': socket => socket.end('joe\r\nx\r\necho a\r\n'),
  'end at the login': socket => socket.end(),
  reset: socket => socket.resetAndDestroy(),
  'reset in a command': socket => {
    socket.write('joe\r\nx\r\nhang\r\n')
    setImmediate(() => socket.resetAndDestroy())
  },
  'gone in a command': socket => {
    socket.write('joe\r\nx\r\nhang\r\n')
    setImmediate(() => socket.destroy())
  },
  'a browser': socket => socket.write('GET / HTTP/1.1\r\n\r\n'),
  'a broken sequence': socket => socket.end(Uint8Array.of(255, 250, 24)),
}
const TIMES = 20

it('nothing is left of connections, however they have ended', { timeout: 60_000 }, async () => {
  const clock = new ManualClock()
  const ends: string[] = []
  const shell = createShell({ auth: { password: (name, password) => password === 'x' && { name } } })
    .command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
    .command(
      'hang',
      'Hang.',
      (_, session) =>
        new Promise<void>((_resolve, reject) =>
          session.signal.addEventListener('abort', () => reject(session.signal.reason)),
        ),
    )
    .onEnd((_, reason) => void ends.push(reason))
  const server = await serve(shell, {
    listen: [telnet(0)],
    clock,
    scheduler: clock,
    log: false,
    limits: { exempt: ['127.0.0.1'] },
  })
  const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  const sockets = (): number => getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length
  const before = { listeners: listeners(), sockets: sockets() }

  for (const leave of Object.values(WAYS)) {
    const comers = Array.from({ length: TIMES }, () => connect(server.addresses[0]!.port!, '127.0.0.1'))
    const gone = comers.map(socket => once(socket.on('error', () => {}).resume(), 'close').catch(() => {}))
    await Promise.all(comers.map(socket => once(socket, 'connect')))
    comers.forEach(leave)
    await Promise.all(gone)
    while (server.sessions.length > 0) await clock.advance(1000)
  }

  // Our side of a socket is gone a turn or two after the client's. Whatever ran here before may leave while this runs.
  await server.close()
  const gone = () => {
    expect(listeners()).toBeLessThanOrEqual(before.listeners)
    expect(sockets()).toBeLessThanOrEqual(before.sockets)
  }
  await vi.waitFor(gone, 20_000)
  expect(server.counts.sessions).toBe(ends.length)
  expect(clock.pending).toBe(0)
})
