import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createShell } from 'answerback'
import type { ConnectionFacts, ConnectionRequest } from '../src/core/connection.ts'
import { SILENT } from '../src/core/log.ts'
import { ManualClock, settled } from '../src/testing/manual-clock.ts'
import type { Channel } from '../src/transport/ssh/channel/channel.ts'
import { Channels, type ChannelsHost } from '../src/transport/ssh/channel/channels.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { channelData, channelRequest, openSession } from '../src/transport/ssh/raw-client.suite.ts'
import { SessionConnection, type SessionConnectionHost } from '../src/transport/ssh/channel/session-connection.ts'
import type { SessionSetup } from '../src/transport/ssh/channel/session-setup.ts'
import { WireWriter } from '../src/transport/ssh/protocol/wire.ts'

/** How often each message comes in each state: more than 100,000 times in all of them. */
const TIMES = 20_000
/** What memory may grow by in all states together: less than 20 bytes a message. */
const MOST_GROWTH = 2_000_000

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const LOBBY = createShell({ auth: 'open' }).command('wait', 'Waits for ever.', () => new Promise<void>(() => {}))
LOBBY.prepare()

/**
 * The channels of a logged-in peer that speaks to a shell, without the packets around its messages.
 */
class Peer implements ChannelsHost, SessionConnectionHost {
  readonly clock: ManualClock = new ManualClock()
  readonly mostSessions = 10
  readonly hasRoom = true
  readonly unsent = 0
  readonly violations: string[] = []
  readonly #channels: Channels

  constructor(messages: readonly Buffer[]) {
    const rules = { pty: true, command: undefined, environment: /^LANG$/, longestCommand: 100 }
    this.#channels = new Channels(this, rules)
    this.says(messages)
  }

  says(messages: readonly Buffer[], times = 1): void {
    for (let i = 0; i < times; i += 1) {
      for (const message of messages) this.#channels.message(message[0] ?? 0, message)
    }
  }

  start(channel: Channel, { environment, terminal }: SessionSetup, request: ConnectionRequest): SessionConnection {
    const facts: ConnectionFacts = {
      id: 'c1',
      peer: { transport: 'ssh', secure: true },
      request,
      environment,
      ...(terminal === undefined ? {} : { terminal }),
    }
    const connection = new SessionConnection(channel, facts, this.clock, this)
    LOBBY.open(connection, { clock: this.clock, scheduler: this.clock, log: SILENT }, () => {})
    return connection
  }

  violation(reason: string): void {
    this.violations.push(reason)
  }

  batch(work: () => void): void {
    work()
  }

  send(): void {}
  data(): void {}
  abandoned(): void {}
  over(): void {}
}

const PTY = new WireWriter().string('xterm').uint32(80).uint32(24).uint32(0).uint32(0).string('').bytes()
const SIZE = new WireWriter().uint32(80).uint32(24).uint32(0).uint32(0).bytes()

const text = (value: string): Buffer => new WireWriter().string(value).bytes()
const terminal = (typed: string, window?: number): Buffer[] => [
  openSession(0, window),
  channelRequest(0, 'pty-req', false, PTY),
  channelRequest(0, 'shell', false),
  channelData(0, typed),
]

/** Where a session can stand when a message comes. */
const STATES: Readonly<Record<string, readonly Buffer[]>> = {
  'a channel that has not started': [openSession(0)],
  'a line is read': terminal(''),
  'a command runs on a terminal': terminal('wait\r'),
  'a command runs without a terminal': [openSession(0), channelRequest(0, 'exec', false, text('wait'))],
  'a command runs, and its output is not taken': terminal('wait\r', 0),
  'a session that has ended': terminal('exit\r'),
}

/** Every message that a peer may repeat as it likes. */
const MESSAGES: readonly (readonly [name: string, message: Buffer])[] = [
  ['EOF', new WireWriter().byte(MESSAGE.CHANNEL_EOF).uint32(0).bytes()],
  ['data without a byte', channelData(0, '')],
  ['a window made larger by nothing', new WireWriter().byte(MESSAGE.CHANNEL_WINDOW_ADJUST).uint32(0).uint32(0).bytes()],
  ['an answer that nobody waits for', new WireWriter().byte(MESSAGE.CHANNEL_SUCCESS).uint32(0).bytes()],
  ['a global request', new WireWriter().byte(MESSAGE.GLOBAL_REQUEST).string('tcpip-forward').boolean(true).bytes()],
  ['an answer to a global request', Buffer.of(MESSAGE.REQUEST_FAILURE)],
  ['window-change', channelRequest(0, 'window-change', false, SIZE)],
  ['break', channelRequest(0, 'break', true, Buffer.alloc(4))],
  ['signal INT', channelRequest(0, 'signal', false, text('INT'))],
  ['signal USR1', channelRequest(0, 'signal', false, text('USR1'))],
  ['env', channelRequest(0, 'env', true, new WireWriter().string('LANG').string('C').bytes())],
  ['pty-req', channelRequest(0, 'pty-req', true, PTY)],
  ['a request that nobody knows', channelRequest(0, 'x'.repeat(100), true)],
  ['a session opened, never closed', openSession(1)],
  ['x11', new WireWriter().byte(MESSAGE.CHANNEL_OPEN).string('x11').raw(Buffer.alloc(12)).bytes()],
]

it.each(MESSAGES)(`%s, ${TIMES} times in every state, costs no timer and no memory`, async (_, message) => {
  const peers = Object.values(STATES).map(before => new Peer(before))
  const timers = (): unknown => Object.keys(STATES).map((state, at) => [state, peers[at]?.clock.pending])
  await settled()
  // What is made for the first of a kind is no more for the others.
  for (const peer of peers) peer.says([message], 300)
  await settled()
  const [timersBefore, memoryBefore] = [timers(), memoryInUse()]
  for (const peer of peers) {
    peer.says([message], TIMES)
    await settled()
  }
  expect(timers()).toEqual(timersBefore)
  expect(memoryInUse() - memoryBefore).toBeLessThan(MOST_GROWTH)
  expect(peers.flatMap(({ violations }) => violations)).toEqual([])
})

function memoryInUse(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
