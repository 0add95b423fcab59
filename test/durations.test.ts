import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Authenticator } from '../src/core/authenticator.ts'
import { LONGEST_TIMER_MS } from '../src/core/time/clock.ts'
import { Deadlines } from '../src/core/time/deadlines.ts'
import type { ServerLimits } from '../src/serve.ts'
import { createShell } from '../src/shell/shell.ts'
import type { Shell } from '../src/shell/shell.ts'
import { connect } from '../src/testing/index.ts'
import { ManualClock } from '../src/testing/manual-clock.ts'
import type { MemoryConnection } from '../src/testing/memory-connection.ts'
import { House } from '../src/serve/sessions.suite.ts'
import { KeepAlive } from '../src/transport/net/keep-alive.ts'
import { chooseSshLimits, type SshLimits } from '../src/transport/ssh/limits.ts'
import { MESSAGE } from '../src/transport/ssh/protocol/codes.ts'
import { WireWriter } from '../src/transport/ssh/protocol/wire.ts'
import { channelData, channelRequest, openSession, RawClient, userAuth } from '../src/transport/ssh/raw-client.suite.ts'
import { OPEN, TestServer } from '../src/transport/ssh/server.suite.ts'

/** A clock that takes no longer timers than Node: there a longer one fires at once. */
class PlatformClock extends ManualClock {
  override after(ms: number, run: () => void): () => void {
    return super.after(ms <= LONGEST_TIMER_MS ? ms : 1, run)
  }
}

const work = () =>
  createShell({ prompt: '' }).command('work', 'Work.', (_, { signal }) => {
    return new Promise<void>(done => signal.addEventListener('abort', () => done()))
  })

const YEAR = 365 * 86_400_000

describe('server.close({ timeout })', () => {
  it.each([2 ** 31, YEAR, Infinity])('waits %d ms for a command that runs', async timeout => {
    const clock = new PlatformClock()
    const house = await House.open(work(), { clock, limits: { idleTimeout: Infinity, sessionTimeout: Infinity } })
    const guest = house.guest()
    await house.type(guest, 'work')
    const closed = house.server.close({ timeout })
    await clock.advance(timeout === Infinity ? 3 * YEAR : timeout - 1)
    expect(guest.ended).toBeUndefined()
    if (timeout === Infinity) guest.event({ type: 'closed', reason: 'disconnected' })
    else await clock.advance(1)
    await closed
    expect(guest.ended?.reason).toBe(timeout === Infinity ? undefined : 'shutdown')
  })

  it.each([-1, Number.NaN, '5', null])('cannot be told to wait %j, and closes nothing then', async timeout => {
    const house = await House.open(createShell())
    house.guest()
    const closing = house.server.close({ timeout: timeout as number })
    await expect(closing).rejects.toMatchObject({
      code: 'OPTION',
      message: expect.stringMatching(/^The option timeout/),
    })
    expect([house.server.state, house.server.sessions.length]).toEqual(['serving', 1])
  })
})

/** Longer than any timer of the platform, and whole seconds, to which limits are kept. */
const LONG = 2_200_000_000

describe('limits that are longer than a timer', () => {
  const password = (name: string, given: string) => given === 'x' && { name }
  const guarded = () => createShell({ prompt: '', auth: { password } })

  let clock = new PlatformClock()
  beforeEach(() => {
    clock = new PlatformClock()
  })

  async function housed(limits: ServerLimits, shell: Shell<any, any> = createShell({ prompt: '' })): Promise<House> {
    return House.open(shell, { clock, limits })
  }

  /** A guest comes, does something, and stays until the time is over, and no longer. */
  async function lasts(house: House, reason: string, act: (guest: MemoryConnection) => unknown = () => {}) {
    const guest = house.guest()
    await act(guest)
    await clock.advance(LONG - 1000)
    expect(guest.ended).toBeUndefined()
    await clock.advance(1000)
    expect(guest.ended).toMatchObject({ reason })
  }

  it('loginTimeout', async () => {
    await lasts(
      await housed({ loginTimeout: LONG, sessionTimeout: Infinity, idleTimeout: Infinity }, guarded()),
      'login',
    )
  })

  it('writeTimeout', async () => {
    const house = await housed({ writeTimeout: LONG, sessionTimeout: Infinity, idleTimeout: Infinity })
    await lasts(house, 'write stall', async guest => {
      guest.stall()
      await house.type(guest, 'help')
    })
  })

  it('sessionTimeout', async () => {
    await lasts(await housed({ sessionTimeout: LONG, idleTimeout: Infinity }), 'session time')
  })

  it('idleTimeout', async () => {
    await lasts(await housed({ sessionTimeout: Infinity, idleTimeout: LONG }), 'idle')
  })

  it('idleWarning', async () => {
    const house = await housed({ sessionTimeout: Infinity, idleTimeout: 3 * LONG, idleWarning: LONG })
    const guest = house.guest()
    await clock.advance(2 * LONG - 1000)
    expect(guest.output).not.toContain('You have been idle')
    await clock.advance(1000)
    expect(guest.output).toContain('You have been idle.')
  })

  it('maxLoginDelay', async () => {
    const untimed = { loginTimeout: Infinity, sessionTimeout: Infinity, idleTimeout: Infinity }
    const house = await housed({ maxLoginDelay: LONG, ...untimed }, guarded())
    // So many wrong ones at the same time that the next would wait longer than that.
    const guests = Array.from({ length: 3 + 23 }, () => house.guest())
    for (const guest of guests) await house.type(guest, 'joe', 'wrong')
    await house.type(house.guest(), 'joe', 'x')
    await clock.advance(LONG - 1000)
    expect(house.server.sessions).toHaveLength(0)
    await clock.advance(1000)
    expect(house.server.sessions).toHaveLength(1)
  })
})

it('keepAliveInterval that is longer than a timer', async () => {
  const clock = new PlatformClock()
  let probes = 0
  const signs = new KeepAlive({ clock, deadlines: new Deadlines(clock) }, LONG, { probe: () => void (probes += 1) })
  await clock.advance(2 * LONG - 1000)
  expect(probes).toBe(1)
  await clock.advance(1000)
  expect(probes).toBe(2)
  signs.stop()
  expect(clock.pending).toBe(0)
})

describe('limits of SSH that are longer than a timer', () => {
  let clock = new PlatformClock()
  const close: (() => unknown)[] = []
  beforeEach(() => {
    clock = new PlatformClock()
  })
  afterEach(async () => {
    for (const each of close.splice(0)) await each()
  })

  async function connected(limits: SshLimits, authenticator: Authenticator = OPEN) {
    const server = await TestServer.start({ clock, authenticator, options: { limits } })
    const client = await RawClient.connect(server.port)
    close.push(() => client.destroy())
    close.push(() => server.close())
    return { server, client }
  }

  /** The connection stays until the time is over, and no longer. */
  async function lasts({ server, client }: Awaited<ReturnType<typeof connected>>, reason: string) {
    await clock.advance(LONG - 1)
    expect(server.reasons.at(-1)).toBe('')
    await clock.advance(1)
    await client.gone()
    expect(server.reasons.at(-1)).toBe(reason)
  }

  async function loggedIn(client: RawClient): Promise<void> {
    client.requestService()
    client.send(userAuth('joe', 'none'))
    await client.next(MESSAGE.USERAUTH_SUCCESS)
  }

  it('loginTimeout', async () => {
    await lasts(await connected({}, { ...OPEN, loginTimeout: LONG }), 'nobody has logged in in time')
  })

  it('sessionStartTimeout', async () => {
    const { server, client } = await connected({ sessionStartTimeout: LONG })
    await loggedIn(client)
    await lasts({ server, client }, 'no session was started in time')
  })

  it('unusedConnectionTimeout', async () => {
    const { server, client } = await connected({ unusedConnectionTimeout: LONG, rekeyInterval: Infinity })
    await loggedIn(client)
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    client.send(new WireWriter().byte(MESSAGE.CHANNEL_CLOSE).uint32(0).bytes())
    await client.next(MESSAGE.CHANNEL_CLOSE)
    await lasts({ server, client }, 'no further session was started')
  })

  it('rekeyInterval', async () => {
    const { client } = await connected({ rekeyInterval: LONG })
    await loggedIn(client)
    client.send(openSession(0))
    client.send(channelRequest(0, 'shell', true))
    await client.next(MESSAGE.CHANNEL_SUCCESS)
    await clock.advance(LONG - 1)
    client.send(channelRequest(0, 'env', true, new WireWriter().string('LANG').string('C').bytes()))
    await client.next(MESSAGE.CHANNEL_SUCCESS, MESSAGE.CHANNEL_FAILURE)
    expect(client.exchanges).toBe(1)
    await clock.advance(1)
    client.send(channelData(0, 'x'))
    await client.until(() => client.exchanges === 2)
  })

  it.each(['sessionStartTimeout', 'unusedConnectionTimeout', 'rekeyInterval'])('%s is not below a second', name => {
    const way = 'it is a number of milliseconds, 1000 or more, or Infinity'
    for (const wrong of [0, 60, 999, Number.NaN, '60_000'])
      expect(() => chooseSshLimits({ [name]: wrong })).toThrow(`limits.${name} cannot be`)
    expect(() => chooseSshLimits({ [name]: 999 })).toThrow(way)
    expect(chooseSshLimits({ [name]: 1000 })).toMatchObject({ [name]: 1000 })
  })
})

describe('session.after and session.every', () => {
  it('wait as long as they are told, for ever too', async () => {
    const clock = new PlatformClock()
    const user = connect(createShell(), { clock })
    const called: string[] = []
    user.session.after(YEAR, () => called.push('year'))
    user.session.after(Infinity, () => called.push('never'))
    user.session.every(Infinity, () => called.push('never'))
    user.session.after(-5, () => called.push('late'))
    await clock.advance(0)
    expect(called).toEqual(['late'])
    await clock.advance(2 * YEAR)
    expect(called).toEqual(['late', 'year'])
  })

  it.each([Number.NaN, '5', undefined])('cannot be told to wait %j', ms => {
    const { session } = connect(createShell())
    expect(() => session.after(ms as number, () => {})).toThrow('The option ms of session.after() cannot be')
    expect(() => session.every(ms as number, () => {})).toThrow('The option ms of session.every() cannot be')
    expect(() => session.every(-1, () => {})).toThrow('it is a number of milliseconds, 0 or more.')
  })
})

describe('auth', () => {
  const password = () => false

  it.each([Number.NaN, 0, -1, 1, 999, '60'])('cannot have a timeout of %j', timeout => {
    const shell = () => createShell({ auth: { password, timeout: timeout as number } })
    expect(shell).toThrow(/auth\.timeout cannot be .*: it is a number of milliseconds, 1000 or more, or Infinity/)
  })

  it.each([Number.NaN, 0, -1, 1.5, '3'])('cannot have %j tries', maxTries => {
    const shell = () => createShell({ auth: { password, maxTries: maxTries as number } })
    expect(shell).toThrow(/auth\.maxTries cannot be .*: it is a whole number, 1 or more/)
  })

  it('keeps a timeout of any length', async () => {
    const clock = new PlatformClock()
    const limits = { idleTimeout: Infinity, sessionTimeout: Infinity }
    const house = await House.open(createShell({ auth: { password, timeout: LONG } }), { clock, limits })
    const guest = house.guest()
    await clock.advance(LONG - 1)
    expect(guest.ended).toBeUndefined()
    await clock.advance(1)
    expect(guest.ended).toMatchObject({ reason: 'login' })
  })

  it('keeps a delay of any length that a store of login tries asks for, and takes what is none for no delay', async () => {
    const clock = new PlatformClock()
    const delays = [2 ** 31, Number.NaN]
    const loginTries = { attempt: () => delays.shift() ?? 0, accepted: () => {} }
    const house = await House.open(createShell({ auth: { password: name => ({ name }), timeout: Infinity } }), {
      clock,
      loginTries,
      limits: { idleTimeout: Infinity, sessionTimeout: Infinity },
    })
    const guests = [house.guest(), house.guest()] as const
    for (const guest of guests) await house.type(guest, 'joe', 'x')
    await clock.advance(1000)
    expect(house.server.sessions).toHaveLength(1)
    await clock.advance(2 ** 31)
    expect(house.server.sessions).toHaveLength(2)
  })
})
