import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { SILENT, type LogFields } from '../core/log.ts'
import type { SocketTransport } from '../core/transport.ts'
import { serve, type Server } from '../serve.ts'
import { createShell } from '../shell/shell.ts'
import { MESSAGE } from './ssh/protocol/codes.ts'
import { channelRequest, openSession, RawClient } from './ssh/raw-client.suite.ts'
import { HOST_KEY } from './ssh/server.suite.ts'
import { WireWriter } from './ssh/protocol/wire.ts'
import { ssh } from './ssh/ssh.ts'
import { telnet } from './telnet/telnet.ts'

const servers: Server<unknown>[] = []
afterEach(() => Promise.all(servers.splice(0).map(server => server.close({ timeout: 0 }))))

/** A server's port, and what its log says when its first session ends. */
async function served(transport: SocketTransport<any, any>): Promise<{ port: number; ended: Promise<LogFields> }> {
  const shell = createShell({ prompt: '' }).command('greet', 'Greet.', () => 'grüß Gott')
  let end: (fields: LogFields) => void = () => {}
  const ended = new Promise<LogFields>(resolve => (end = resolve))
  const info = (fields: LogFields): void => {
    if (fields['event'] === 'end') end(fields)
  }
  const server = await serve(shell, { listen: [transport], log: { ...SILENT, info, isLevelEnabled: () => true } })
  servers.push(server)
  return { port: server.addresses[0]!.port!, ended }
}

describe('the event of a session’s end says how much has gone', () => {
  it('over telnet through its socket', async () => {
    const { port, ended } = await served(telnet(0))
    const client = connect({ port, host: '127.0.0.1' })
    let received = 0
    client.on('data', chunk => (received += chunk.length)).end('greet\r\n')
    await once(client, 'close')
    expect(await ended).toMatchObject({ traffic: { received: 'greet\r\n'.length, sent: received } })
  })

  it('over SSH through its channel', async () => {
    const { port, ended } = await served(ssh({ port: 0, hostKey: HOST_KEY }))
    const client = await RawClient.loggedIn(port)
    client.send(openSession(0))
    client.send(channelRequest(0, 'exec', true, new WireWriter().string('greet').bytes()))
    await client.next(MESSAGE.CHANNEL_CLOSE)
    client.destroy()
    expect(await ended).toMatchObject({ traffic: { received: 0, sent: Buffer.byteLength('grüß Gott\n') } })
  })
})
