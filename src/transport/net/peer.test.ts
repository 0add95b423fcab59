import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { expect, it, vi } from 'vitest'
import { accept } from '../../serve.ts'
import { createShell } from '../../shell/shell.ts'
import { ifPresent, peerOf } from './peer.ts'
import { telnet } from '../telnet/telnet.ts'

it('a peer is where its socket says, in plain spelling, and nowhere where it says nothing', () => {
  const socket = { remoteAddress: '::ffff:192.0.2.1', remotePort: 1, localAddress: '2001:DB8::0' } as Socket
  const settings = { transport: 'telnet', secure: false }
  const plain = { ...settings, address: '192.0.2.1', port: 1 }
  expect(peerOf(socket, settings)).toEqual({ ...plain, localAddress: '2001:db8::' })
  expect(peerOf(socket, { ...settings, localAddress: '::1' })).toEqual({ ...plain, localAddress: '::1' })
  expect(peerOf({} as Socket, settings)).toEqual(settings)
})

it('a peer that went before it was accepted is not let in, for it could not be counted', async () => {
  const shell = createShell({ auth: 'open' })
  const acceptor = accept(shell, telnet(), { log: false, limits: { allow: ['192.0.2.1'] } })
  const server = createServer({ pauseOnConnect: true })
  const accepted = once(server, 'connection') as Promise<[Socket]>
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await accepted
  client.resetAndDestroy()
  await once(client, 'close')
  acceptor(socket)
  await vi.waitFor(() => expect(socket.destroyed).toBe(true), 20_000)
  expect([acceptor.counts.sessions, acceptor.sessions.length]).toEqual([0, 0])
  server.close()
})

it('the socket of a path has no addresses, and is accepted', () => {
  const accepted: Socket[] = []
  const socket = { destroyed: false } as Socket
  ifPresent(each => accepted.push(each))(socket)
  expect(accepted).toEqual([socket])
})
