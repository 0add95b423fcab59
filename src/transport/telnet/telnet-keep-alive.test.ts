import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accept } from '../../serve.ts'
import type { ServerLimits } from '../../serve.ts'
import { createShell } from '../../shell/shell.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { telnet } from './telnet.ts'
import type { TelnetOptions } from './telnet.ts'

const WONT_TTYPE = Buffer.from([255, 252, 24])
const NOP = Buffer.from([255, 241])
const ANSWER = Buffer.from('nknown command')

const close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(close.splice(0).map(each => each()))
})

/** A server, a client that has seen the prompt, and our side's socket. */
async function visited(options: TelnetOptions = {}, limits: ServerLimits = {}) {
  const clock = new ManualClock()
  const acceptor = accept(createShell({ prompt: '$ ' }), telnet(options), {
    clock,
    scheduler: clock,
    limits,
    log: false,
  })
  let asked: unknown[] | undefined
  const server = createServer(socket => {
    const spy = vi.spyOn(socket, 'setKeepAlive')
    acceptor(socket)
    asked = spy.mock.calls[0]
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  close.push(async () => {
    client.destroy()
    server.close()
    await acceptor.close({ timeout: 0 })
  })
  const heard = heardBy(client)
  await heard.until('$ ')
  return { clock, acceptor, client, heard, asked: () => asked }
}

function heardBy(client: Socket) {
  let bytes: Buffer = Buffer.alloc(0)
  client.on('data', chunk => (bytes = Buffer.concat([bytes, chunk])))
  const count = (what: Buffer): number => bytes.toString('latin1').split(what.toString('latin1')).length - 1
  return {
    nops: () => count(NOP),
    async until(text: string) {
      while (!bytes.includes(text)) await once(client, 'data')
      bytes = Buffer.alloc(0)
    },
    /** What was sent before is there when what is asked for now is. */
    async all() {
      const answers = count(ANSWER)
      client.write('nonsense\r\n')
      while (count(ANSWER) === answers) await once(client, 'data')
    },
  }
}

describe('a quiet telnet connection', () => {
  it('has a NOP sent each 60 seconds, once its peer has answered a negotiation', async () => {
    const { clock, client, heard } = await visited()
    client.write(WONT_TTYPE)
    await heard.all()
    await clock.advance(59_000)
    await clock.advance(1000)
    await clock.advance(60_000)
    await heard.all()
    expect(heard.nops()).toBe(2)
  })

  it('has none where nothing was answered: netcat would show it', async () => {
    const { clock, heard } = await visited()
    await clock.advance(300_000)
    await heard.all()
    expect(heard.nops()).toBe(0)
  })

  it('has one as often as `keepAliveInterval` says', async () => {
    const { clock, client, heard, asked } = await visited({ keepAliveInterval: 5000 })
    client.write(WONT_TTYPE)
    await heard.all()
    await clock.advance(20_000)
    await heard.all()
    expect(heard.nops()).toBe(4)
    expect(asked()).toEqual([true, 5000])
  })

  it('has none, neither of telnet nor of TCP, where that is switched off', async () => {
    const { clock, client, heard, asked } = await visited({ keepAliveInterval: false })
    client.write(WONT_TTYPE)
    await heard.all()
    await clock.advance(300_000)
    await heard.all()
    expect(heard.nops()).toBe(0)
    expect(asked()).toBeUndefined()
  })

  it('is asked by TCP as well, where its peer may have vanished', async () => {
    const { asked } = await visited()
    expect(asked()).toEqual([true, 60_000])
  })

  it('is idle all the same: a sign of life is none of the user', async () => {
    const { clock, acceptor, client, heard } = await visited(
      { keepAliveInterval: 1000 },
      { idleTimeout: 10_000, idleWarning: 0 },
    )
    client.write(WONT_TTYPE)
    await heard.all()
    await clock.advance(9000)
    expect(acceptor.sessions).toHaveLength(1)
    await clock.advance(2000)
    await once(client, 'close')
    expect(acceptor.sessions).toHaveLength(0)
  })

  it('leaves no timer behind', async () => {
    const { clock, acceptor, client } = await visited()
    client.destroy()
    while (acceptor.sessions.length > 0) await new Promise(resolve => setImmediate(resolve))
    expect(clock.pending).toBe(0)
  })

  it.each([0, 10, -1, Number.NaN, '60'])('cannot be kept so by %j', keepAliveInterval => {
    expect(() => telnet({ port: 0, keepAliveInterval: keepAliveInterval as number })).toThrow(
      /keepAliveInterval cannot be/,
    )
  })
})
