import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { createShell, fail } from '../index.ts'
import { settled } from '../testing/manual-clock.ts'
import type { MemoryConnection } from '../testing/memory-connection.ts'
import { House } from './sessions.suite.ts'

const shell = () =>
  createShell({ auth: { password: (name, password) => password === 'secret' && { name }, maxTries: 2 } })
    .command('add|plus <a:number> <b:number>', 'Add.', ({ a, b }) => `${a + b}`)
    .command('refuse', 'Refuse.', () => {
      throw fail('No.', { status: 3 })
    })
    .command('unlock <code:secret>', 'Unlock.', () => {})
    .command('user', 'Users.', () => {})
    .command('do <words...>', 'Run another.', async ({ words }, session) => {
      await session.run(words)
    })
    .command('kick <who:secret>', { allow: () => false }, () => {})
    .command(
      'sunday',
      {
        allow: () => {
          throw fail('Not today.', { status: 5 })
        },
      },
      () => {},
    ) // prettier-ignore
    .command('passwd', 'Ask.', async (_, session) => {
      await session.secret('New: ')
    })

async function working(options: object = {}) {
  const house = await House.open(shell(), options)
  const guest = house.guest({ address: '192.0.2.1' })
  await house.type(guest, 'joe', 'secret')
  return { house, guest }
}

describe('what the operator sees', () => {
  it('is a line for the start, the login, the session and its end, with who, where, why and how long', async () => {
    const { house, guest } = await working()
    // A clock's own rounding must not show.
    await house.seconds(5.000_000_4)
    await house.type(guest, 'exit')
    await house.server.close()
    expect(house.log.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'listening'],
      ['info', 'a login'],
      ['info', 'a session begins'],
      ['info', 'a session has ended'],
      ['info', 'closing'],
    ])
    const peer = { transport: 'memory', address: '192.0.2.1' }
    const session = guest.facts.id
    expect(house.logged('login')).toMatchObject([{ peer, name: 'joe', method: 'password' }])
    expect(house.logged('start')).toMatchObject([{ session, peer, name: 'joe', request: 'shell' }])
    expect(house.logged('end')).toMatchObject([{ session, peer, name: 'joe', reason: 'exit', duration: 5000 }])
  })

  it.each<[string, (guest: MemoryConnection) => void, string]>([
    ['ends its input', guest => guest.event({ type: 'end-of-input' }), 'end of input'],
    ['presses Ctrl-D', guest => guest.text('\x04'), 'end of input'],
    ['is gone', guest => guest.event({ type: 'closed', reason: 'reset' }), 'reset'],
    ['says nothing', () => {}, 'login'],
  ])('is the end of a connection, and not of a session, for a peer that %s at the login', async (_, leave, reason) => {
    const house = await House.open(shell())
    leave(house.guest())
    await house.seconds(200)
    expect(house.log.filter(({ fields }) => fields['event'] === 'end')).toMatchObject([
      { message: 'a connection has ended', fields: { begun: false, reason, count: 1 } },
    ])
  })

  it('has every way to end, once, by its reason', async () => {
    const house = await House.open(createShell())
    const [gone, reset, left, stays] = [house.guest(), house.guest(), house.guest(), house.guest()]
    gone.event({ type: 'closed', reason: 'disconnected' })
    reset.event({ type: 'closed', reason: 'reset' })
    await house.type(left, 'exit')
    await house.server.close({ message: '' })
    expect(house.logged('end').map(({ session, reason }) => [session, reason])).toEqual([
      [gone.facts.id, 'disconnected'],
      [reset.facts.id, 'reset'],
      [left.facts.id, 'exit'],
      [stays.facts.id, 'shutdown'],
    ])
  })

  it.each<[string, (guest: MemoryConnection) => void]>([
    ['goes', guest => guest.event({ type: 'closed', reason: 'reset' })],
    ['gives up', guest => guest.event({ type: 'interrupt' })],
    ['ends the input', guest => guest.event({ type: 'end-of-input' })],
  ])('has no warning of a method whose peer %s at a question', async (_, leave) => {
    const asked: string[] = []
    const code = createShell({
      auth: {
        keyboardInteractive: async (name, ask) => {
          asked.push(name)
          return (await ask('Code: '))[0] === '42'
        },
      },
    })
    const house = await House.open(code)
    const guest = house.guest()
    await house.type(guest, 'joe')
    leave(guest)
    await house.seconds(10)
    expect(asked).toEqual(['joe'])
    expect(house.log.filter(({ level }) => level === 'warn')).toEqual([])
    expect(house.logged('login-failure')).toHaveLength(1)
  })

  it('has a warning of a method that asks what is no question', async () => {
    for (const question of [{}, { prompts: [{}] }] as never[]) {
      const house = await House.open(
        createShell({ auth: { keyboardInteractive: async (_, ask) => (await ask(question)).length > 0 } }),
      )
      await house.type(house.guest(), 'joe')
      expect(house.log.filter(({ level }) => level === 'warn')).toMatchObject([
        { fields: { err: expect.any(TypeError) } },
      ])
    }
  })

  it('has failed logins, without what was given for a password', async () => {
    const house = await House.open(shell())
    const guest = house.guest({ address: '192.0.2.1' })
    await house.type(guest, 'joe', 'hunter2')
    await house.seconds(1)
    await house.type(guest, 'ann', 'hunter3')
    await house.seconds(10)
    expect(house.logged('login-failure')).toMatchObject([
      { name: 'joe', method: 'password', final: false },
      { name: 'ann', method: 'password', final: true },
    ])
    expect(house.server.counts).toMatchObject({ logins: 0, loginFailures: 2, sessions: 0 })
    expect(JSON.stringify(house.log)).not.toContain('hunter')
  })

  it('has the words of a command with a secret nowhere, though words are wanted', async () => {
    const { house, guest } = await working({ logCommands: 'words' })
    await house.type(guest, 'unlock hunter2')
    expect(house.logged('command')).toMatchObject([{ command: 'unlock', status: 0 }])
    expect(JSON.stringify(house.log)).not.toContain('hunter2')
  })

  it('tells what is denied from what is unknown, and names what was tried; the user is told the same of both', async () => {
    const { house, guest } = await working({ logCommands: 'names' })
    await house.type(guest, 'KICK hunter2', 'kik hunter2', 'sunday', 'user')
    expect(house.logged('command')).toMatchObject([
      { command: '', refused: 'denied', tried: 'kick', status: 127 },
      { command: '', refused: 'unknown', tried: 'kik', status: 127 },
      { command: '', refused: 'denied', tried: 'sunday', status: 5 },
      { command: 'user', status: 0 },
    ])
    expect(house.logged('command')[3]).not.toHaveProperty('refused')
    expect(JSON.stringify(house.log)).not.toContain('hunter2')
    expect(guest.output).toContain("Unknown command 'KICK'. Type 'help' for a list of commands.\n")
    expect(guest.output).toContain("Unknown command 'kik'. Type 'help' for a list of commands.\n")
  })

  it('has commands only where that is wanted: their names, or their words, and never what was typed unseen', async () => {
    for (const [logCommands, words] of [
      ['names', undefined],
      ['words', ['plus', '1', '2']],
    ] as const) {
      const { house, guest } = await working({ logCommands })
      await house.type(guest, 'plus 1 2', 'refuse', 'passwd', 'swordfish')
      expect(house.logged('command')).toMatchObject([
        { session: guest.facts.id, name: 'joe', command: 'add', status: 0, ...(words && { words }) },
        { command: 'refuse', status: 3 },
        { command: 'passwd', status: 0 },
      ])
      expect(house.logged('command')[0]).toHaveProperty('duration', 0)
      expect('words' in house.logged('command')[0]!).toBe(words !== undefined)
      expect(JSON.stringify(house.log)).not.toContain('swordfish')
    }
    const { house, guest } = await working()
    await house.type(guest, 'plus 1 2')
    expect(house.logged('command')).toEqual([])
  })

  it('shows what users have typed escaped, and cut', async () => {
    const house = await House.open(createShell({ auth: { name: () => true } }))
    const name = `\u202ejoe${'x'.repeat(5000)}`
    house.guest({ identity: { name, user: {} } })
    await settled()
    const logged = house.logged('start')[0]!['name'] as string
    expect(logged).toMatch(/^\\u202ejoex+…$/)
    expect(logged.length).toBeLessThan(300)
  })

  it('costs a line a second for each reason in a flood of refusals, which says how many there were', async () => {
    const house = await House.open(createShell(), { limits: { deny: ['192.0.2.1'], maxConnections: 1 } })
    house.guest({ address: '192.0.2.9' })
    for (let i = 0; i < 1000; i++) house.come({ address: '192.0.2.1' })
    house.come({ address: '192.0.2.2' })
    await house.seconds(1)
    house.come({ address: '192.0.2.1' })
    expect(house.logged('refuse').map(({ reason, count }) => [reason, count])).toEqual([
      ['denied', 1],
      ['maxConnections', 1],
      ['denied', 1000],
    ])
    expect(house.server.counts.refused).toMatchObject({ denied: 1001, maxConnections: 1 })
  })

  it('says of commands that the program has run that they are nested, secrets masked', async () => {
    const { house, guest } = await working({ logCommands: 'words' })
    await house.type(guest, 'do add 1 2', 'do unlock 1234', 'do none')
    expect(house.logged('command')).toMatchObject([
      { command: 'add', words: ['add', '1', '2'], nested: true, status: 0 },
      { command: 'do', words: ['do', 'add', '1', '2'], status: 0 },
      { command: 'unlock', nested: true, status: 0 },
      { command: 'do', status: 0 },
      { command: '', refused: 'unknown', tried: 'none', nested: true, status: 127 },
      { command: 'do', status: 0 },
    ])
    expect(house.logged('command')[1]).not.toHaveProperty('nested')
    expect(house.logged('command')[2]).not.toHaveProperty('words')
  })

  it('is on node:diagnostics_channel as well, commands too while somebody listens', async () => {
    const heard: unknown[] = []
    const listener = (message: unknown): void => void heard.push(message)
    const { house, guest } = await working()
    for (const channel of ['answerback:command', 'answerback:end']) subscribe(channel, listener)
    await house.type(guest, 'add 1 2', 'exit')
    for (const channel of ['answerback:command', 'answerback:end']) unsubscribe(channel, listener)
    expect(heard).toMatchObject([
      { type: 'command', command: 'add', status: 0 },
      { type: 'command', command: 'exit', status: 0 },
      { type: 'end', reason: 'exit' },
    ])
    expect(heard[0]).not.toHaveProperty('words')
    expect(house.logged('command')).toEqual([])
  })
})

describe('the state of a server', () => {
  it('is serving, then draining while sessions end, then closed', async () => {
    let finish = (): void => {}
    const house = await House.open(
      createShell().command('work', 'Work.', () => new Promise<void>(done => (finish = done))),
    )
    const guest = house.guest()
    await house.type(guest, 'work')
    expect(house.server.state).toBe('serving')
    const closed = house.server.close()
    expect(house.server.state).toBe('draining')
    expect(house.come()).toBe('The server is shutting down.')
    finish()
    await closed
    expect(house.server.state).toBe('closed')
    expect(guest.output).toContain('The server is shutting down.')
    expect(house.clock.pending).toBe(0)
  })
})
