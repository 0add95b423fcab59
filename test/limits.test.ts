import { afterEach, describe, expect, it } from 'vitest'
import { REFUSALS } from '../src/guard/admission.ts'
import type { LimitName } from '../src/guard/limits.ts'
import type { ServerLimits } from '../src/serve.ts'
import type { Session } from '../src/shell/session/session.ts'
import { createShell } from '../src/shell/shell.ts'
import { LOCAL } from './limits/local.ts'
import { MEMORY } from './limits/memory.ts'
import { SSH } from './limits/ssh.ts'
import { TELNET } from './limits/telnet.ts'
import { arrived, Served, until } from './limits/way.ts'
import type { Caller, Way } from './limits/way.ts'

/** Each limit is kept over each of these. A new transport is a row here. */
const WAYS: readonly Way[] = [TELNET, SSH, LOCAL, MEMORY]

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close()))
})

/** What the client does when it is flooded. */
let stall = (): void => {}

const MUCH = 'x'.repeat(16 * 1024)

const shell = () =>
  createShell({ auth: 'open' })
    .command('tick', 'Tick.', () => 'ticked')
    .command('flood', 'Write without waiting.', (_, session, { signal }) => {
      stall()
      for (let i = 0; i < 4000 && !signal.aborted; i++) void session.writeLine(MUCH)
    })
    .command('pour', 'Write, and wait each time.', async (_, session, { signal }) => {
      for (let i = 0; i < 4000 && !signal.aborted; i++) await session.writeLine(MUCH)
    })

const guarded = () =>
  createShell({ auth: { password: (name, password) => password === 'right' && { name } } }).command(
    'tick',
    'Tick.',
    () => 'ticked',
  )

async function served(way: Way, limits: ServerLimits, made: ReturnType<typeof shell> = shell()): Promise<Served> {
  const each = await Served.open(way, made, { limits })
  open.push(each)
  return each
}

async function lockedAt(way: Way, limits: ServerLimits): Promise<Served> {
  return served(way, limits, guarded() as unknown as ReturnType<typeof shell>)
}

async function refused(caller: Caller, reason: keyof typeof REFUSALS): Promise<void> {
  await until(() => caller.seen.includes(REFUSALS[reason]))
}

/** Somebody who has come, and not logged in. */
async function guest(server: Served, address?: string): Promise<Caller> {
  const caller = await server.come(address)
  await until(() => caller.arrived)
  await arrived()
  return caller
}

async function fails(server: Served, caller: Caller, times: number): Promise<void> {
  const failures = () => server.events.filter(({ event }) => event === 'login-failure').length
  for (let i = 0; i < times; i++) {
    const before = failures()
    caller.login('joe', 'wrong')
    while (failures() === before) await server.seconds(1)
    await server.seconds(10)
  }
}

async function endsWith(server: Served, reason: string): Promise<void> {
  await until(() => server.ends.length > 0)
  expect(server.ends).toEqual([reason])
}

/** Waits until nothing more of what is written is taken. */
async function stopped(server: Served): Promise<void> {
  await arrived()
  for (let i = 0; i < 40 && server.ends.length === 0; i++) await server.seconds(5)
}

/** Somebody has stopped reading, and as much is under way to them as goes. */
async function behind(server: Served): Promise<{ user: Caller; session: Session }> {
  const user = await server.user()
  const [session] = server.server.sessions as Session[]
  if (session === undefined) throw new Error('nobody is in')
  user.stall()
  for (let isRoom = true; isRoom;) {
    isRoom = false
    session.writeLine(MUCH).then(
      () => (isRoom = true),
      () => {},
    )
    await arrived()
  }
  return { user, session }
}

const HELD: Readonly<Record<LimitName | 'slowReader' | 'the last of the output', (way: Way) => Promise<void>>> = {
  async maxConnections(way) {
    const server = await served(way, { maxConnections: 1 })
    await server.user()
    await refused(await server.come('127.0.0.2'), 'maxConnections')
  },

  async maxConnectionsPerAddress(way) {
    const server = await served(way, { maxConnectionsPerAddress: 1 })
    await server.user()
    await refused(await server.come(), 'maxConnectionsPerAddress')
    await server.user('127.0.0.2')
  },

  async maxConnectsPerSecond(way) {
    const server = await served(way, { maxConnectsPerSecond: 1 })
    await server.user()
    await refused(await server.come(), 'maxConnectsPerSecond')
    await server.seconds(1)
    await server.user()
  },

  async maxUnauthenticated(way) {
    const server = await lockedAt(way, { maxUnauthenticated: 1 })
    const first = await guest(server)
    await guest(server, '127.0.0.2')
    await until(() => first.closed)
  },

  async maxUnauthenticatedPerAddress(way) {
    const server = await lockedAt(way, { maxUnauthenticatedPerAddress: 1 })
    const first = await guest(server)
    await refused(await server.come(), 'maxUnauthenticatedPerAddress')
    first.login('joe', 'right')
    await until(() => server.server.sessions.length === 1)
    await guest(server)
  },

  async loginTimeout(way) {
    const server = await lockedAt(way, { loginTimeout: 50_000 })
    const caller = await guest(server)
    await server.seconds(49)
    expect(caller.closed).toBe(false)
    await server.seconds(1)
    await until(() => caller.closed)
  },

  async maxLoginTries(way) {
    const server = await lockedAt(way, { maxLoginTries: 2 })
    const caller = await guest(server)
    await fails(server, caller, 2)
    await until(() => caller.closed)
    expect(server.server.counts).toMatchObject({ loginFailures: 2, sessions: 0 })
  },

  async maxLoginDelay(way) {
    const server = await lockedAt(way, { maxLoginTries: 100, loginTimeout: Infinity })
    const caller = await guest(server)
    await fails(server, caller, 5)
    caller.login('joe', 'right')
    await arrived()
    await server.seconds(3)
    expect(server.server.sessions).toHaveLength(0)
    await server.seconds(1)
    await until(() => server.server.sessions.length === 1)
  },

  async maxCommandsPerSecond(way) {
    const server = await served(way, { maxCommandsPerSecond: 3 })
    const user = await server.user()
    const ran = () => user.seen.split('ticked').length - 1
    user.enter(...Array<string>(7).fill('tick'))
    await until(() => ran() > 0)
    await arrived()
    expect(ran()).toBeLessThanOrEqual(3)
    for (const most of [6, 7]) {
      await server.seconds(1)
      expect(ran()).toBeLessThanOrEqual(most)
    }
    await server.seconds(1)
    await until(() => ran() === 7)
  },

  async maxQueuedOutput(way) {
    const server = await served(way, { maxQueuedOutput: 262_144 })
    const user = await server.user()
    stall = () => user.stall()
    user.enter('flood')
    await endsWith(server, 'output limit')
  },

  async writeTimeout(way) {
    const server = await served(way, { writeTimeout: 5000 })
    const user = await server.user()
    user.stall()
    user.enter('pour')
    await stopped(server)
    await endsWith(server, 'write stall')
  },

  async maxQueuedMessages(way) {
    const server = await served(way, { maxQueuedMessages: 10_000 })
    const { user, session } = await behind(server)
    for (let i = 1; i <= 100; i++) void session.writeMessage(`message ${i} `.padEnd(1000, '.'))
    user.flow()
    await until(() => user.seen.includes('message 100 '))
    expect(user.seen).toContain('[90 messages were dropped: they came faster than they were read.]')
    expect(user.seen).toContain('message 91 ')
    expect(user.seen).not.toContain('message 90 ')
  },

  async slowReader(way) {
    const server = await served(way, { maxQueuedMessages: 10_000, slowReader: 'end' })
    const { user, session } = await behind(server)
    for (let i = 1; i <= 10; i++) void session.writeMessage('.'.repeat(1000))
    expect(session.signal.aborted).toBe(false)
    void session.writeMessage('.')
    expect(session.signal.aborted).toBe(true)
    user.flow()
    await endsWith(server, 'slow reader')
    expect(user.seen).toContain('Messages came faster than they were read. The session ends.')
  },

  /** A peer that reads nothing at all does not keep its session from ending. */
  async 'the last of the output'(way) {
    const server = await served(way, { writeTimeout: Infinity })
    const { session } = await behind(server)
    session.end()
    await server.seconds(30)
    await until(() => server.ends.length > 0)
  },

  async idleTimeout(way) {
    const server = await served(way, { idleTimeout: 100_000, idleWarning: 0 })
    const user = await server.user()
    await server.seconds(99)
    expect(server.ends).toEqual([])
    await server.seconds(1)
    await until(() => user.closed)
    await endsWith(server, 'idle')
    expect(user.seen).toContain('You have been idle for too long.')
  },

  async idleWarning(way) {
    const server = await served(way, { idleTimeout: 100_000, idleWarning: 30_000 })
    const user = await server.user()
    await server.seconds(69)
    expect(user.seen).not.toContain('You have been idle')
    await server.seconds(1)
    await until(() => user.seen.includes('You have been idle. The session ends in 30 seconds.'))
  },

  async sessionTimeout(way) {
    const server = await served(way, { idleTimeout: Infinity, sessionTimeout: 100_000 })
    const user = await server.user()
    await server.seconds(99)
    expect(server.ends).toEqual([])
    await server.seconds(1)
    await until(() => user.closed)
    await endsWith(server, 'session time')
  },
}

const LIMIT_NAMES = Object.keys(HELD) as (keyof typeof HELD)[]

describe.each(WAYS)('over $name', way => {
  const held = LIMIT_NAMES.filter(name => !(name in (way.without ?? {})))

  it.each(held)('%s is kept', name => HELD[name](way))
})
