import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Transport } from '../src/core/transport.ts'
import { REFUSALS } from '../src/guard/admission.ts'
import { serve } from '../src/serve.ts'
import type { ServerLimits, Server } from '../src/serve.ts'
import { createShell } from '../src/shell/shell.ts'
import { HOST_KEY } from '../src/transport/ssh/server.suite.ts'
import { ssh } from '../src/transport/ssh/ssh.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import type { ListenOptions } from '../src/transport/telnet/telnet.ts'
import { SshCaller } from './limits/ssh.ts'
import { until } from './limits/way.ts'

/** How one who comes from 192.0.2.1 may be written by a proxy. */
const SPELLINGS: readonly (readonly [name: string, header: Uint8Array])[] = [
  ['version 1, TCP4', Buffer.from('PROXY TCP4 192.0.2.1 127.0.0.1 4711 23\r\n')],
  ['version 1, TCP6 and dots', Buffer.from('PROXY TCP6 ::ffff:192.0.2.1 ::ffff:127.0.0.1 4711 23\r\n')],
  ['version 1, TCP6 and digits', Buffer.from('PROXY TCP6 ::FFFF:C000:0201 ::1 4711 23\r\n')],
  ['version 2, TCP4', version2('11', 'c0000201', '7f000001')],
  ['version 2, TCP6', version2('21', `${'0'.repeat(20)}ffffc0000201`, `${'0'.repeat(20)}ffff7f000001`)],
]

function version2(family: string, from: string, to: string): Buffer {
  const size = (from.length / 2 + 2) * 2
  const length = size.toString(16).padStart(4, '0')
  return Buffer.from(`0d0a0d0a000d0a515549540a21${family}${length}${from}${to}12670017`, 'hex')
}

interface Visit {
  readonly seen: string
  leave(): void
}

const WAYS: readonly {
  name: string
  listen: (at: ListenOptions) => Transport<any>
  visit: (port: number, header?: Uint8Array) => Visit
}[] = [
  { name: 'telnet', listen: at => telnet(at), visit: telnetVisit },
  { name: 'ssh', listen: at => ssh({ ...at, hostKey: HOST_KEY }), visit: sshVisit },
]

function telnetVisit(port: number, header?: Uint8Array): Visit {
  const socket = connect(port, '127.0.0.1')
  let seen = ''
  socket.on('error', () => {}).on('data', data => (seen += data.toString('latin1')))
  if (header !== undefined) socket.write(header)
  return {
    get seen() {
      return seen
    },
    leave: () => void socket.destroy(),
  }
}

function sshVisit(port: number, header?: Uint8Array): Visit {
  const caller = new SshCaller(port, '127.0.0.1', header)
  caller.login()
  return caller
}

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const each of close.splice(0)) await each()
})

const who = () =>
  createShell({ auth: 'open', prompt: '$ ' }).onStart(session =>
    session.writeLine(`${session.peer.address} at ${session.peer.localAddress}.`),
  )

describe.each(WAYS)('over $name', ({ listen, visit }) => {
  async function served(at: ListenOptions, limits: ServerLimits = {}) {
    const server: Server<unknown> = await serve(who(), { listen: [listen({ port: 0, ...at })], limits, log: false })
    close.push(() => server.close({ timeout: 0 }))
    const come = (header?: Uint8Array): Visit => {
      const visitor = visit(server.addresses[0]?.port ?? 0, header)
      close.unshift(() => visitor.leave())
      return visitor
    }
    return { server, come }
  }

  it('an IPv4 peer has the same address behind a listener for both families', async () => {
    const { come } = await served({ host: '::' })
    const visitor = come()
    await until(() => visitor.seen.includes('.\r\n'))
    expect(visitor.seen).toContain('127.0.0.1 at 127.0.0.1.')
  })

  const proxied = { proxy: { from: ['127.0.0.1'] } }

  it.each(SPELLINGS)(
    'an IPv4 peer has one address, and is counted by it, as a proxy tells it by %s',
    async (_, header) => {
      const { server, come } = await served(proxied, { maxConnectionsPerAddress: 1 })
      const first = come(header)
      await until(() => first.seen.includes('.\r\n'))
      expect(first.seen).toContain('192.0.2.1 at ')
      for (const [, other] of SPELLINGS) {
        const second = come(other)
        await until(() => second.seen.includes(REFUSALS.maxConnectionsPerAddress))
      }
      expect(server.counts.refused.maxConnectionsPerAddress).toBe(SPELLINGS.length)
    },
  )

  it.each(SPELLINGS)('is denied, however the rule is written, by %s', async (_, header) => {
    for (const rule of ['192.0.2.0/24', '::ffff:192.0.2.0/120', '::ffff:c000:201']) {
      const { come } = await served(proxied, { deny: [rule] })
      const visitor = come(header)
      await until(() => visitor.seen.includes(REFUSALS.denied))
    }
  })
})
