import { describe, expect, it, vi } from 'vitest'
import type { Transport } from '../core/transport.ts'
import { REFUSALS } from '../guard/admission.ts'
import { serve } from '../serve.ts'
import { createShell } from '../shell/shell.ts'
import { ManualClock, settled } from '../testing/manual-clock.ts'
import { MemoryConnection } from '../testing/memory-connection.ts'
import { House } from './sessions.suite.ts'

const guarded = () => createShell({ auth: { password: (name, password) => password === 'x' && { name } } })
const echo = () => createShell().command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))

describe('a server', () => {
  it('says where it listens as data and as a URL', async () => {
    const listening = { address: { transport: 'telnet', host: '::1', port: 8023 }, close: async () => {} }
    const server = await serve(createShell(), {
      listen: [{ name: 'telnet', listen: async () => listening }],
      log: false,
    })
    expect(server.addresses).toEqual([listening.address])
    expect(String(server.addresses[0])).toBe('telnet://[::1]:8023')
    await server.close()
  })

  it('is closed by `await using`, as by close()', async () => {
    const house = await House.open(echo())
    const guest = house.guest()
    await house.server[Symbol.asyncDispose]()
    expect(guest.ended?.reason).toBe('shutdown')
    expect(house.server.state).toBe('closed')
  })
})

describe('the door', () => {
  it('refuses what is beyond the limits, says why, and counts it', async () => {
    const house = await House.open(echo(), { limits: { maxConnections: 2 } })
    house.guest()
    house.guest()
    expect(house.come()).toBe(REFUSALS.maxConnections)
    expect(house.server.sessions).toHaveLength(2)
    expect(house.server.counts).toMatchObject({ sessions: 2, refused: { maxConnections: 1, denied: 0 } })
  })

  it('shows each session the others, but not those who have not logged in, nor those of another server', async () => {
    const seen: string[][] = []
    const shell = guarded().command('others', 'See the others.', (_, { others }) => {
      seen.push(others.map(({ name }) => name))
    })
    const [house, other] = [await House.open(shell), await House.open(shell)]
    const [ann, bob] = [house.guest(), house.guest()]
    house.guest()
    await house.type(ann, 'ann', 'x')
    await house.type(bob, 'bob', 'x')
    await other.type(other.guest(), 'eve', 'x')
    await house.type(ann, 'others')
    bob.event({ type: 'closed', reason: 'disconnected' })
    await settled()
    await house.type(ann, 'others')
    expect(seen).toEqual([['bob'], []])
  })

  it('lets in again when somebody has left, however they did', async () => {
    const house = await House.open(echo(), { limits: { maxConnections: 1 } })
    house.guest().event({ type: 'closed', reason: 'disconnected' })
    await settled()
    const guest = house.guest()
    await house.type(guest, 'exit')
    house.guest()
    expect(house.come()).toBe(REFUSALS.maxConnections)
  })

  it('knows ranges that are allowed, denied and exempt', async () => {
    const house = await House.open(echo(), {
      limits: { allow: ['192.0.2.0/24'], deny: ['192.0.2.66'], exempt: ['192.0.2.7'], maxConnectionsPerAddress: 1 },
    })
    const fates = ['192.0.2.1', '192.0.2.1', '192.0.2.7', '192.0.2.7', '192.0.2.66', '198.51.100.1'].map(address =>
      house.come({ address }),
    )
    expect(fates.map(fate => (typeof fate === 'string' ? fate : 'in'))).toEqual([
      'in',
      REFUSALS.maxConnectionsPerAddress,
      'in',
      'in',
      REFUSALS.denied,
      REFUSALS.denied,
    ])
  })

  it('counts as logging in who has not, and nobody who has or need not', async () => {
    const limits = { maxUnauthenticatedPerAddress: 1, maxConnectsPerSecond: Infinity }
    const address = '192.0.2.1'
    const house = await House.open(guarded(), { limits })
    const first = house.guest({ address })
    expect(house.come({ address })).toBe(REFUSALS.maxUnauthenticatedPerAddress)
    await house.type(first, 'joe', 'x')
    house.guest({ address })
    const open = await House.open(createShell(), { limits })
    for (let i = 0; i < 5; i++) open.guest({ address })
  })

  it('gives the place of the oldest who has not logged in to whoever comes', async () => {
    const house = await House.open(guarded(), { limits: { maxUnauthenticated: 1 } })
    const first = house.guest({ address: '192.0.2.1' })
    house.guest({ address: '192.0.2.2' })
    await settled()
    expect(house.logged('end')).toMatchObject([{ reason: 'displaced', session: first.facts.id }])
  })

  it('refuses limits that cannot be meant before it listens', async () => {
    await expect(House.open(echo(), { limits: { maxConnections: -1, deny: ['x'] } })).rejects.toMatchObject({
      code: 'LIMITS',
      message: expect.stringMatching(/maxConnections cannot be -1.*deny cannot hold x/),
    })
  })
})

describe('a session that lasts', () => {
  it.each([
    [
      'idleTimeout',
      { idleTimeout: 100_000, idleWarning: 0 },
      'idle',
      'You have been idle for too long. The session ends.',
    ],
    [
      'sessionTimeout',
      { sessionTimeout: 100_000, idleTimeout: Infinity },
      'session time',
      'The session has lasted as long as it may, and ends.',
    ],
  ])('ends at its %s, not before, and says so', async (_, limits, reason, sentence) => {
    const house = await House.open(echo(), { limits })
    const guest = house.guest()
    await house.seconds(99)
    expect(guest.ended).toBeUndefined()
    await house.seconds(1)
    expect(guest.ended).toMatchObject({ reason })
    expect(guest.output).toContain(sentence)
    expect(house.logged('end')).toMatchObject([{ reason, duration: 100_000 }])
    expect(house.clock.pending).toBe(0)
  })

  it('warns before the idle time is over; a key is enough to stay', async () => {
    const house = await House.open(echo(), { limits: { idleTimeout: 600_000, idleWarning: 120_000 } })
    const guest = house.guest()
    await house.seconds(480)
    expect(guest.output).toContain('You have been idle. The session ends in 2 minutes.')
    guest.text('e')
    await house.seconds(599)
    expect(guest.ended).toBeUndefined()
    await house.seconds(1)
    expect(guest.ended).toMatchObject({ reason: 'idle' })
  })

  it('is not idle while a command runs', async () => {
    const shell = createShell().command(
      'work',
      'Work.',
      (_, session) => new Promise<void>(done => session.after(500_000, done)),
    )
    const house = await House.open(shell, { limits: { idleTimeout: 100_000 } })
    const guest = house.guest()
    await house.type(guest, 'work')
    await house.seconds(500)
    expect(guest.ended).toBeUndefined()
    await house.seconds(200)
    expect(guest.ended).toMatchObject({ reason: 'idle' })
  })

  it('costs no timer of its own', async () => {
    const house = await House.open(echo())
    for (let i = 0; i < 50; i++) house.guest()
    expect(house.clock.pending).toBe(1)
  })
})

describe('a peer that does not read', () => {
  it('is cut off when it has taken nothing for as long as it may', async () => {
    const house = await House.open(echo(), { limits: { writeTimeout: 30_000 } })
    const guest = house.guest()
    guest.stall()
    await house.type(guest, 'echo a')
    await house.seconds(29)
    expect(guest.ended).toBeUndefined()
    await house.seconds(1)
    expect(guest.ended).toMatchObject({ reason: 'write stall' })
  })

  it('is not cut off when it reads again in time', async () => {
    const house = await House.open(echo(), { limits: { writeTimeout: 30_000 } })
    const guest = house.guest()
    guest.stall()
    await house.type(guest, 'echo a')
    await house.seconds(29)
    guest.flow()
    await house.seconds(100)
    expect(guest.ended).toBeUndefined()
  })

  it('is held no more than the limit of output, whatever its handler does', async () => {
    const limit = 262_144
    const shell = createShell().command('flood', 'Flood.', async (_, session) => {
      guest.stall()
      for (let i = 0; i < 10_000; i++) void session.writeLine('x'.repeat(99))
    })
    const house = await House.open(shell, { limits: { maxQueuedOutput: limit } })
    const guest = house.guest()
    await house.type(guest, 'flood')
    expect(guest.output.length).toBeLessThanOrEqual(limit)
    expect(guest.ended).toMatchObject({ reason: 'output limit' })
  })
})

describe('commands', () => {
  it('are held to so many a second; none is lost', async () => {
    const house = await House.open(
      createShell({ prompt: '' }).command('n', 'N.', () => 'n'),
      { limits: { maxCommandsPerSecond: 3 } },
    )
    const guest = house.guest({ terminal: false })
    guest.text('n\n'.repeat(7))
    await settled()
    const ran = () => guest.output.split('n\n').length - 1
    expect(ran()).toBe(3)
    await house.clock.advance(999)
    expect(ran()).toBe(3)
    await house.clock.advance(1)
    expect(ran()).toBe(6)
    await house.seconds(1)
    expect(ran()).toBe(7)
  })

  it('are so many for all sessions of one connection, their beginnings included', async () => {
    let begun = 0
    const house = await House.open(
      createShell({ prompt: '' })
        .command('n', 'N.', () => 'n')
        .onStart(() => void (begun += 1)),
      { limits: { maxCommandsPerSecond: 3 } },
    )
    const carrier = {}
    const others = house.guest({ exec: 'n', terminal: false })
    await settled()
    expect(others.ended).toMatchObject({ status: 0 })
    // Command after command, each in a session of its own.
    const guests = Array.from({ length: 5 }, () => house.guest({ exec: 'n', terminal: false, carrier }))
    await settled()
    expect([begun, guests.filter(({ ended }) => ended).length]).toEqual([4, 3])
    // The server does not wait for a peer that leaves.
    guests[4]?.event({ type: 'closed', reason: 'gone' })
    const shell = house.guest({ terminal: false, carrier })
    shell.text('n\n'.repeat(4))
    await house.seconds(1)
    expect([begun, guests.filter(({ ended }) => ended).length, shell.output]).toEqual([6, 4, 'n\n'])
    await house.seconds(1)
    expect(shell.output).toBe('n\n'.repeat(4))
    shell.event({ type: 'closed', reason: 'gone' })
    await settled()
    expect(house.server.sessions).toEqual([])
  })
})

describe('this process’s own terminal', () => {
  it('is not ended for idling, nor for its age', async () => {
    const [clock, connection] = [new ManualClock(), new MemoryConnection({ untimed: true })]
    const terminal: Transport = {
      name: 'local',
      async listen(host) {
        host.open(connection)
        return { address: { transport: 'local' }, close: async () => {} }
      },
    }
    const server = await serve(createShell(), { listen: [terminal], clock, scheduler: clock, log: false })
    await clock.advance(100_000 * 1000)
    expect(server.sessions).toHaveLength(1)
    connection.text('exit\r')
    await vi.waitFor(() => expect(server.sessions).toHaveLength(0), 20_000)
  })
})
