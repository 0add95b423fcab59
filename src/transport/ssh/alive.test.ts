import { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AnswerbackError } from '../../core/options/errors.ts'
import { ManualClock, settled } from '../../testing/manual-clock.ts'
import { MESSAGE } from './protocol/codes.ts'
import { channelRequest, openSession, RawClient } from './raw-client.suite.ts'
import { TestServer } from './server.suite.ts'
import type { SshOptions } from './options.ts'
import { WireReader } from './protocol/wire.ts'

const servers: TestServer[] = []
const clients: RawClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await Promise.all(servers.splice(0).map(server => server.close()))
})

/** A server and a client with a session, which answers nothing by itself. */
async function visited(options: Partial<SshOptions> = { keepAliveInterval: 60_000 }) {
  const clock = new ManualClock()
  const server = await TestServer.start({ clock, options: { keepAliveInterval: 60_000, ...options } })
  servers.push(server)
  const client = await RawClient.loggedIn(server.port)
  clients.push(client)
  client.send(openSession(0))
  client.send(channelRequest(0, 'shell', true))
  await client.next(MESSAGE.CHANNEL_SUCCESS)
  return { clock, server, client, session: await server.connection() }
}

/** Returns the next question, and answers it like OpenSSH and PuTTY: such a request is unknown. */
async function answer(client: RawClient): Promise<string> {
  const reader = new WireReader(await client.next(MESSAGE.GLOBAL_REQUEST), 1)
  const asked = `${reader.text()} ${reader.boolean()}`
  client.send(Uint8Array.of(MESSAGE.REQUEST_FAILURE))
  return asked
}

describe('a quiet SSH connection', () => {
  it('is asked each 60 seconds whether its client is still there, and stays as long as that answers', async () => {
    const { clock, client, session } = await visited()
    for (let i = 0; i < 10; i += 1) {
      await clock.advance(60_000)
      expect(await answer(client)).toBe('keepalive@openssh.com true')
      await settled()
    }
    expect([session.text, session.events]).toEqual(['', []])
  })

  it.each([
    [60_000, [[true, 60_000]]],
    [5000, [[true, 5000]]],
    [false as const, []],
  ])('is asked by TCP as well, from before its login on: %j', async (keepAliveInterval, asked) => {
    const setKeepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive')
    await visited({ keepAliveInterval })
    expect(setKeepAlive.mock.calls).toEqual(asked)
    setKeepAlive.mockRestore()
  })

  it('ends when three questions were not answered', async () => {
    const { clock, server, client, session } = await visited()
    await clock.advance(239_000)
    expect(session.closed).toBeUndefined()
    await clock.advance(1000)
    await client.gone()
    expect(server.reasons.at(-1)).toBe('the client does not answer')
    expect(client.arrived.filter(([type]) => type === MESSAGE.GLOBAL_REQUEST)).toHaveLength(3)
    expect(session.closed).toBe('the client does not answer')
  })

  it('stays also where its client only sends something else', async () => {
    const { clock, client, session } = await visited()
    for (let i = 0; i < 4; i += 1) {
      await clock.advance(120_000)
      client.send(channelRequest(0, 'break', true, Buffer.alloc(4)))
      await client.next(MESSAGE.CHANNEL_SUCCESS)
    }
    expect(session.closed).toBeUndefined()
  })

  it('is asked as often as `keepAliveInterval` says, or never', async () => {
    const often = await visited({ keepAliveInterval: 5000 })
    await often.clock.advance(15_000)
    for (let i = 0; i < 3; i += 1) await answer(often.client)
    const never = await visited({ keepAliveInterval: false })
    await never.clock.advance(500_000)
    never.client.send(channelRequest(0, 'break', true, Buffer.alloc(4)))
    await never.client.next(MESSAGE.CHANNEL_SUCCESS)
    expect(never.client.arrived.filter(([type]) => type === MESSAGE.GLOBAL_REQUEST)).toEqual([])
  })

  it('is not asked before the login', async () => {
    const clock = new ManualClock()
    const server = await TestServer.start({ clock, options: { keepAliveInterval: 1000 } })
    servers.push(server)
    const client = await RawClient.connect(server.port)
    clients.push(client)
    await clock.advance(119_000)
    client.requestService()
    await client.next(MESSAGE.SERVICE_ACCEPT)
    expect(client.arrived.filter(([type]) => type === MESSAGE.GLOBAL_REQUEST)).toEqual([])
  })

  it('has one timer with all others, and leaves none behind', async () => {
    const { clock, server, client } = await visited()
    const before = clock.pending
    const others = await Promise.all([1, 2, 3].map(() => RawClient.loggedIn(server.port)))
    // Each of them has its own time to start a session.
    expect(clock.pending).toBe(before + 3)
    for (const one of [...others, client]) one.destroy()
    while (server.guests > 0 || clock.pending > 0) await settled()
  })

  it.each([0, 999, -1, Number.NaN, '60', true])('refuses `keepAliveInterval: %s` at start', async keepAliveInterval => {
    const starting = TestServer.start({ options: { keepAliveInterval: keepAliveInterval as number } })
    await expect(starting).rejects.toThrow(AnswerbackError)
  })
})
