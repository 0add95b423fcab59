import { afterEach, describe, expect, it } from 'vitest'
import type { Scheduler } from '../../core/time/scheduler.ts'
import { MESSAGE } from './protocol/codes.ts'
import { channelRequest, openSession, RawClient } from './raw-client.suite.ts'
import { TestServer } from './server.suite.ts'

const clients: RawClient[] = []
let server: TestServer | undefined
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await server?.close()
})

/** Starts a server on which a turn ends after each piece, and continues when `goOn` is called. */
async function begin(): Promise<{
  connect: () => Promise<RawClient>
  waiting: () => Promise<void>
  goOn: () => boolean
}> {
  const held: (() => void)[] = []
  const scheduler: Scheduler = {
    now: () => 0,
    sliceEnd: () => 0,
    defer: run => void held.push(run),
    nextTurn: run => void held.push(run),
  }
  server = await TestServer.start({ scheduler })
  const { port } = server
  return {
    async connect() {
      const client = await RawClient.connect(port)
      clients.push(client)
      client.requestService()
      await client.next(MESSAGE.SERVICE_ACCEPT)
      return client
    },
    async waiting() {
      while (held.length === 0) await new Promise(resolve => setImmediate(resolve))
    },
    goOn: () => held.splice(0).map(run => run()).length > 0,
  }
}

/** An unknown message, which is answered for every client. */
const UNKNOWN = Uint8Array.of(79)
const FLOOD = 20_000

function flood(client: RawClient): void {
  client.socket.cork()
  for (let i = 0; i < FLOOD; i += 1) client.send(UNKNOWN)
  client.socket.uncork()
}

const answersTo = (client: RawClient): number =>
  client.arrived.filter(([type]) => type === MESSAGE.UNIMPLEMENTED).length

describe('a client that sends thousands of small packets before it has logged in', () => {
  it('has its share of a turn, and others are answered between', async () => {
    const { connect, waiting } = await begin()
    const [flooder, other] = [await connect(), await connect()]
    flood(flooder)
    await waiting()
    other.send(UNKNOWN)
    await other.next(MESSAGE.UNIMPLEMENTED)
    expect(answersTo(flooder)).toBeLessThan(FLOOD / 100)
  })

  it('is answered in the end, each of them', async () => {
    const { connect, goOn } = await begin()
    const flooder = await connect()
    flood(flooder)
    while (answersTo(flooder) < FLOOD) {
      goOn()
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(flooder.closed).toBe(false)
  })

  it('is not read from any more once it has broken the protocol', async () => {
    const { connect, waiting, goOn } = await begin()
    const flooder = await connect()
    flooder.socket.cork()
    for (let i = 0; i < 100; i += 1) flooder.send(UNKNOWN)
    flooder.send(openSession(0))
    for (let i = 0; i < FLOOD; i += 1) flooder.send(channelRequest(0, 'x', true))
    flooder.socket.uncork()
    await waiting()
    while (goOn()) await new Promise(resolve => setImmediate(resolve))
    await flooder.gone()
    expect(answersTo(flooder)).toBe(100)
    expect(server?.reasons).toContain('a message before the login that it needs')
  })
})
