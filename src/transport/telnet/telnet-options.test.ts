import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serve } from '../../serve.ts'
import { createShell } from '../../shell/shell.ts'
import { telnet } from './telnet.ts'
import type { TelnetOptions } from './telnet.ts'

const [IAC, DONT, DO, WILL, SB, SE] = [255, 254, 253, 251, 250, 240]
const [ECHO, TTYPE, NEW_ENVIRON] = [1, 24, 39]
const XTERM = [IAC, SB, TTYPE, 0, ...Buffer.from('XTERM'), IAC, SE]

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const each of close.splice(0)) await each()
})

/** A client of a server with these options: what it is shown, without the protocol. */
async function client(options: TelnetOptions = {}) {
  const shell = createShell({ prompt: '$ ' })
    .command('env', 'Show the environment.', (_, { environment }) => JSON.stringify(environment))
    .command('ask', 'Ask for a secret.', async (_, session) => `${(await session.secret('? ')).length} long`)
  const server = await serve(shell, { listen: [telnet({ port: 0, ...options })], log: false })
  const socket = connect(server.addresses[0]?.port ?? 0, '127.0.0.1')
  let received = Buffer.alloc(0)
  socket.on('error', () => {}).on('data', data => (received = Buffer.concat([received, data])))
  close.push(async () => {
    socket.destroy()
    await server.close({ timeout: 0 })
  })
  const shown = (): string =>
    received
      .toString('latin1')
      .replaceAll(/\xff\xfa.*?\xff\xf0|\xff[\xfb-\xfe].|\xff[\xec-\xf9]/gs, '')
      .replaceAll(/\x1b\[\?2004[hl]/g, '')
  return {
    send: (...parts: (string | number)[]) =>
      void socket.write(
        Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part)))),
      ),
    async until(text: string): Promise<string> {
      while (!shown().includes(text)) await new Promise(resolve => setImmediate(resolve))
      return shown()
    },
  }
}

describe('telnet({ echo })', () => {
  it('is as the peer wants it by default: one that refuses ECHO has no echo', async () => {
    const user = await client()
    user.send(IAC, WILL, TTYPE, ...XTERM, IAC, DONT, ECHO)
    user.send('env\r\n')
    expect(await user.until('{')).toMatch(/^\$ \{/)
  })

  it.each([
    ['has refused it', [IAC, WILL, TTYPE, ...XTERM, IAC, DONT, ECHO]],
    ['has answered nothing', []],
  ])('`always` echoes to a peer that %s', async (_, bytes) => {
    const user = await client({ echo: 'always' })
    user.send(...bytes)
    user.send('env\r\n')
    const shown = await user.until('{')
    expect(shown.split('env')).toHaveLength(2)
    expect(shown).toMatch(/^\$ [^]*env\r\n\{/)
  })

  it('`always` shows no secret', async () => {
    const user = await client({ echo: 'always' })
    user.send('ask\r\n')
    await user.until('? ')
    user.send('hunter2\r\n')
    expect(await user.until('7 long')).not.toContain('hunter2')
  })

  it('cannot be anything else', () => {
    expect(() => telnet({ port: 0, echo: 'never' as 'always' })).toThrow(
      "echo cannot be 'never': it is 'always', or left out",
    )
  })
})

describe('telnet({ environment })', () => {
  const variable = (name: string, value: string) => [3, name, 1, value]
  const hostile = [
    IAC,
    SB,
    NEW_ENVIRON,
    0,
    ...variable('LANG', 'de_AT.UTF-8'),
    ...variable('LD_PRELOAD', '/tmp/evil.so'),
    ...variable('PATH', '/tmp'),
    ...variable('USER', '-f root'),
    IAC,
    SE,
  ]

  it.each<[readonly string[] | undefined, object]>([
    [undefined, { LANG: 'de_AT.UTF-8' }],
    [['USER'], { USER: '-f root' }],
    [[], {}],
  ])('%j: of what a client sets, these variables are taken', async (environment, taken) => {
    const user = await client(environment === undefined ? {} : { environment })
    user.send(IAC, WILL, TTYPE, ...XTERM, IAC, DO, ECHO, IAC, WILL, NEW_ENVIRON, ...hostile)
    user.send('env\r\n')
    expect(await user.until('}')).toContain(`\n${JSON.stringify(taken)}`)
  })
})
