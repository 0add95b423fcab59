import { describe, expect, it, vi } from 'vitest'
import { SILENT } from '../../core/log.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import { connect, ManualClock } from '../../testing/index.ts'
import type { ConnectOptions, TestClient } from '../../testing/index.ts'
import { ShellAuthenticator } from './authenticator.ts'
import { LONGEST_LOGIN_LINE, REFUSED } from './dialogue.ts'
import { FREE_KEYS, FREE_QUESTIONS, REFUSAL_FLOOR } from './attempts.ts'
import { createShell } from '../shell.ts'

const accounts: Record<string, string> = { joe: 'x', ann: 'y' }
const guarded = () => createShell({ auth: { password: (name, password) => accounts[name] === password } })

const tools = { clock: new ManualClock(), log: SILENT }
const peer = { transport: 'memory', secure: true }

/** Answers questions one after the other. */
async function answer<S>(user: TestClient<S>, ...lines: string[]): Promise<TestClient<S>> {
  for (const line of lines) await user.enter(line).settled()
  return user
}

describe('S13: the login dialogue', () => {
  it('asks for a name and a password, which does not show, and is in no history', async () => {
    const user = await answer(connect(guarded()), 'joe', 'x')
    expect(user.output).toBe('Username: joe\nPassword: \n> ')
    expect(user.session.history).toEqual([])
    expect(user.session.user).toEqual({ name: 'joe' })
  })

  it('takes no longer answers than anybody could mean, whatever lines the shell takes', async () => {
    const long = 'a'.repeat(LONGEST_LOGIN_LINE + 1)
    const user = await answer(connect(guarded()), long, 'joe', long, 'x', long)
    const sentence = 'That line is longer than 4096 characters, and was not taken.'
    expect(user.output.split(sentence)).toHaveLength(3)
    expect(user.output).toContain('Unknown command')
    const strict = createShell({ maxInput: 10, auth: { name: name => name === 'joe' } })
    expect((await answer(connect(strict), 'a'.repeat(11), 'joe')).output).toContain('longer than 10 characters')
  })

  it('asks for a name only where that is all the shell wants to know', async () => {
    const user = await answer(connect(createShell({ auth: { name: name => name === 'joe' } })), 'joe')
    expect(user.output).toBe('Username: joe\n> ')
  })

  it('tries the name first, and the password of whom that does not let in', async () => {
    const shell = () =>
      createShell({ auth: { name: name => name === 'guest', password: (_, password) => password === 'x' } })
    expect((await answer(connect(shell()), 'guest')).output).toBe('Username: guest\n> ')
    expect((await answer(connect(shell()), 'joe', 'x')).output).toBe('Username: joe\nPassword: \n> ')
  })

  it('asks nothing of anybody where no authentication is defined', () => {
    expect(connect(createShell()).output).toBe('> ')
    expect(connect(createShell({ auth: 'open' })).output).toBe('> ')
  })

  it('asks nothing of whom the transport has authenticated', () => {
    const user = connect(guarded(), { identity: { name: 'key', user: { name: 'key' } } })
    expect(user.output).toBe('> ')
    expect(user.session.name).toBe('key')
  })

  it('puts the questions of keyboard-interactive, secret ones unseen', async () => {
    const shell = createShell({
      auth: {
        keyboardInteractive: async (name, ask) => {
          const [colour, code] = await ask({
            title: 'Two questions.',
            prompts: [
              { text: 'Colour? ', echo: true },
              { text: 'Code? ', echo: false },
            ],
          })
          return colour === 'red' && code === '42' && { name }
        },
      },
    })
    const user = await answer(connect(shell), 'joe', 'red', '42')
    expect(user.output).toBe('Username: joe\nTwo questions.\nColour? red\nCode? \n> ')
  })

  it('wants all that `require` names, one after the other', async () => {
    const shell = createShell({
      auth: {
        password: (name, password) => password === 'x' && { name, by: 'password' },
        keyboardInteractive: async (name, ask) => (await ask('Code? '))[0] === '42' && { name, by: 'code' },
        require: ['password', 'keyboardInteractive'],
      },
    })
    const user = await answer(connect(shell), 'joe', 'x', '42')
    expect(user.output).toBe('Username: joe\nPassword: \nCode? \n> ')
    expect(user.session.user).toEqual({ name: 'joe', by: 'code' })
  })

  it('refuses with one sentence, whatever the reason, and not before a floor of time that grows', async () => {
    const user = connect(guarded())
    for (const [tries, name] of [
      [1, 'joe'],
      [2, 'nobody'],
    ] as const) {
      await answer(user, name, 'wrong')
      await user.clock.advance(REFUSAL_FLOOR * tries - 1)
      expect(user.output.split(REFUSED)).toHaveLength(tries)
      await user.clock.advance(1)
      expect(user.output.split(REFUSED)).toHaveLength(tries + 1)
    }
  })

  it('allows three tries, then closes', async () => {
    const user = connect(guarded())
    for (const tries of [1, 2, 3]) {
      await answer(user, 'joe', 'wrong')
      await user.clock.advance(REFUSAL_FLOOR * tries)
    }
    await user.ended
    expect(user.output.split(REFUSED)).toHaveLength(4)
    expect(user.connection.ended).toMatchObject({ reason: 'login' })
  })

  it('takes a method that throws for one that refuses, and logs it without the secret', async () => {
    const log = { debug() {}, info() {}, warn: vi.fn(), error: vi.fn() }
    const shell = createShell({
      auth: {
        password: () => {
          throw new Error('database is down')
        },
      },
    })
    const user = await answer(connect(shell, { log }), 'joe', 'hunter2')
    await user.clock.advance(REFUSAL_FLOOR)
    expect(user.output).toContain(REFUSED)
    expect(log.warn).toHaveBeenCalledOnce()
    expect(JSON.stringify(log.warn.mock.calls)).not.toContain('hunter2')
  })

  it('begins anew at Ctrl-C, and leaves at Ctrl-D, at a password too', async () => {
    const user = await answer(connect(guarded()), 'joe')
    user.type('half').press('C-c')
    await user.settled()
    expect(user.output).toBe('Username: joe\nPassword: ^C\nUsername: ')
    await answer(user, 'joe')
    await user.press('C-d').ended
    expect(user.connection.ended).toMatchObject({ reason: 'end of input' })
  })

  it('gives up on a user who says nothing, and says so', async () => {
    const user = connect(guarded())
    await user.clock.advance(SESSION_LIMITS.loginTimeout)
    await user.ended
    expect(user.output).toBe('Username: \nLogin timed out after 120 seconds.\n')
  })

  it.each(['a\x1b]0;x\x07', 'x\u202ey', 'n'.repeat(257)])('takes no name that could do harm: %j', async name => {
    const admitted = vi.fn()
    const login = new ShellAuthenticator({ password: admitted }, tools).login(peer)
    const verdict = login.attempt({ method: 'password', name, password: 'x' })
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused' })
    expect(admitted).not.toHaveBeenCalled()
  })

  it('does not run commands that were typed before the login had failed', async () => {
    const ran = vi.fn()
    const user = connect(guarded().command('run', 'Run.', ran))
      .enter('joe')
      .enter('wrong')
      .enter('run')
      .enter('run')
    await user.clock.advance(10_000)
    expect(ran).not.toHaveBeenCalled()
  })

  it.each<[string, ConnectOptions]>([
    ['in the name', {}],
    ['on a pipe', { terminal: false }],
  ])('survives a peer that is gone %s', async (_, options) => {
    const user = connect(guarded(), options).type('jo').disconnect()
    await user.ended
    expect(user.clock.pending).toBe(0)
  })
})

describe('the authenticator', () => {
  it('tells whether anybody is asked at all', () => {
    expect(new ShellAuthenticator(undefined, tools).policy).toBe('none')
    expect(new ShellAuthenticator('open', tools).policy).toBe('open')
    expect(new ShellAuthenticator({ password: () => true }, tools).policy).toBe('guarded')
  })

  it('S17: names the methods in the order in which they are tried: name first, password last', () => {
    const yes = () => true
    const authenticator = new ShellAuthenticator(
      { password: yes, keyboardInteractive: yes, publicKey: yes, name: yes },
      tools,
    )
    expect(authenticator.methods).toEqual(['name', 'publicKey', 'keyboardInteractive', 'password'])
  })

  it('does not count what has been proved for one name for another', async () => {
    const yes = () => true
    const auth = { name: yes, password: yes, require: ['name', 'password'] as const }
    const login = new ShellAuthenticator(auth, tools).login(peer)
    expect(await login.attempt({ method: 'name', name: 'joe' })).toEqual({ type: 'partial', methods: ['password'] })
    const verdict = login.attempt({ method: 'password', name: 'root', password: '' })
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused', methods: ['name'] })
  })

  it('calls publicKey for a key that the peer has proved to hold, and for no other', async () => {
    const publicKey = vi.fn(() => true)
    const login = new ShellAuthenticator({ publicKey }, tools).login(peer)
    expect(await login.attempt({ method: 'publicKey', name: 'joe', key })).toMatchObject({ type: 'accepted' })
    const forged = login.attempt({ ...offer, proof: () => false })
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await forged).toMatchObject({ type: 'refused' })
    expect(publicKey).not.toHaveBeenCalled()
    expect(await login.attempt(offer)).toMatchObject({ type: 'accepted', identity: { user: { name: 'joe' } } })
    expect(publicKey).toHaveBeenCalledExactlyOnceWith('joe', key, peer)
  })

  it('answers a question by what is declared, and looks at no signature of another key', async () => {
    const login = new ShellAuthenticator({ authorizedKeys: 'keys', publicKey: () => true }, tools).login(peer)
    const proof = vi.fn(() => true)
    expect(await login.attempt({ method: 'publicKey', name: 'joe', key, grant })).toMatchObject({ type: 'accepted' })
    expect(await login.attempt({ method: 'publicKey', name: 'joe', key })).toMatchObject({ type: 'refused' })
    expect(await login.attempt({ ...offer, proof })).toMatchObject({ type: 'refused', final: false })
    expect(proof).not.toHaveBeenCalled()
  })

  it('lets an agent offer its keys: the first that are refused are no tries, later ones are', async () => {
    const login = new ShellAuthenticator({ publicKey: () => false, maxTries: 1 }, tools).login(peer)
    for (let i = 0; i < FREE_KEYS; i++)
      expect(await login.attempt(offer)).toMatchObject({ type: 'refused', final: false })
    const verdict = login.attempt(offer)
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused', final: true })
  })

  it('counts names as tries where more of them are asked about than anybody has', async () => {
    const name = vi.fn(() => false)
    const login = new ShellAuthenticator({ name, password: () => false, maxTries: 1 }, tools).login(peer)
    for (let i = 0; i < FREE_QUESTIONS; i++)
      expect(await login.attempt({ method: 'name', name: `${i}` })).toMatchObject({ final: false })
    const verdict = login.attempt({ method: 'name', name: 'joe' })
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused', final: true })
    await login.attempt({ method: 'name', name: 'ann' })
    expect(name).toHaveBeenCalledTimes(FREE_QUESTIONS + 1)
  })

  const key = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:x', blob: new Uint8Array() }
  const grant = { type: 'authorized-key', comment: 'joe@home' } as const
  const offer = { method: 'publicKey', name: 'joe', key, proof: () => true } as const

  it('lets in a declared key as { name }, or as what publicKey makes of it, and no other', async () => {
    const declared = new ShellAuthenticator({ authorizedKeys: 'keys' }, tools)
    expect(declared.methods).toEqual(['publicKey'])
    expect(declared.keys).toEqual({ authorizedKeys: 'keys' })
    expect(await declared.login(peer).attempt({ ...offer, grant })).toMatchObject({
      type: 'accepted',
      identity: { name: 'joe', user: { name: 'joe' } },
    })
    const both = new ShellAuthenticator({ userCAs: 'ca', publicKey: name => ({ name, role: 'admin' }) }, tools)
    expect(await both.login(peer).attempt({ ...offer, grant })).toMatchObject({ identity: { user: { role: 'admin' } } })
    expect(await both.login(peer).attempt(offer)).toMatchObject({ type: 'refused', final: false })
  })

  it('refuses a signature that does not fit, whatever publicKey would say, and counts it', async () => {
    const login = new ShellAuthenticator({ publicKey: () => true, maxTries: 1 }, tools).login(peer)
    const verdict = login.attempt({ ...offer, proof: () => false })
    await tools.clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused', final: true })
  })
})
