import { describe, expect, it } from 'vitest'
import { fail, Failure } from '../../core/options/failure.ts'
import type { LogFields } from '../../core/log.ts'
import { SILENT } from '../../core/log.ts'
import { connect } from '../../testing/index.ts'
import { commandSet } from './set.ts'
import { createShell } from '../shell.ts'

interface User {
  readonly role: string
}

const UNKNOWN = (name: string) => `Unknown command '${name}'. Type 'help' for a list of commands.`

/**
 * Returns a shell with one command for admins, and one in a set for them. `later` makes the
 * decision asynchronous.
 */
function guarded(later: boolean) {
  const isAdmin = (user: User) => (later ? Promise.resolve(user.role === 'admin') : user.role === 'admin')
  const admin = commandSet<User>({ allow: session => isAdmin(session.user) })
    .command('kick <who>', 'Kick.', ({ who }) => `kicked ${who}`)
    .command('halt', { summary: 'Halt.', allow: () => false }, () => 'halted')
  return createShell({ auth: { name: (role): User => ({ role }) } })
    .command('stop', { summary: 'Stop.', allow: session => isAdmin(session.user) }, () => 'stopped')
    .command('go', 'Go.', () => 'gone')
    .use('admin', admin)
}

function connectAs(role: string, later: boolean) {
  return connect(guarded(later), { identity: { name: role, user: { role } } })
}

describe.each([
  ['at once', false],
  ['later', true],
])('allow, answered %s', (_, later) => {
  it('lets those run it who may', async () => {
    const user = await connectAs('admin', later).enter('stop').settled()
    expect((await user.enter('admin kick bob').screen()).rows).toEqual([
      '> stop',
      'stopped',
      '> admin kick bob',
      'kicked bob',
      '> ',
    ])
  })

  it.each(['stop', 'stop --help', 'admin kick bob', 'admin', 'admin halt'])(
    'for all others there is no such command: %s',
    async line => {
      const user = connectAs('guest', later).enter(line)
      expect((await user.screen()).rows.slice(1, -1)).toEqual([UNKNOWN(line.split(' ')[0] as string)])
    },
  )

  it('asks all who have a say', async () => {
    const user = connectAs('admin', later).enter('admin halt')
    expect((await user.screen()).rows[1]).toMatch(/^Unknown command 'admin halt'/)
  })

  it('keeps it out of help, and out of what was meant', async () => {
    const help = async (role: string) => (await connectAs(role, later).enter('help').screen()).text
    expect(await help('admin')).toMatch(/admin kick <who> +- Kick\.\n[^]*stop +- Stop/)
    expect(await help('guest')).not.toMatch(/admin|stop/)
    expect((await connectAs('guest', later).enter('help stop').screen()).text).toContain("Unknown command 'stop'")
    expect((await connectAs('guest', later).enter('stpo').screen()).text).toContain(UNKNOWN('stpo'))
    expect((await connectAs('admin', later).enter('stpo').screen()).text).toContain("Did you mean 'stop'?")
  })

  it('keeps it out of completion', async () => {
    const tab = async (role: string) => {
      const user = connectAs(role, later).type('st\t')
      await user.settled()
      return (await user.screen()).rows.at(-1)
    }
    expect(await tab('admin')).toBe('> stop ')
    expect(await tab('guest')).toBe('> st')
  })
})

describe.each([
  ['at once', (yes: boolean) => yes],
  ['later', (yes: boolean) => Promise.resolve(yes)],
])('a forbidden command beside a permitted one with its first word, answered %s', (_, decide) => {
  const shell = createShell({ hint: true, auth: { name: (role): User => ({ role }) } })
    .command('user [name] [rest...]', 'Show a user.', ({ name, rest }) => `user ${name} ${rest.length}`)
    .command(
      'user purge <token:secret> [-f, --force]',
      { summary: 'Purge.', allow: session => decide(session.user.role === 'admin') },
      () => 'all gone',
    )
  /** Returns all that a user has seen, with the second word removed. */
  async function seen(role: string, typed: string, word: string): Promise<string> {
    const user = connect(shell, { identity: { name: role, user: { role } } }).type(typed.replaceAll('WORD', word))
    await user.settled()
    return user.output.replaceAll(word, 'WORD')
  }

  it.each([
    'user WORD\r',
    'user WORD x\r',
    'user WORD x --force\r',
    'user WORD --help\r',
    'user WORD --json\r',
    'help user WORD\r',
    '? user WORD\r',
    'user pu\t',
    'user WORD \t\t',
    'user WORD -\t\t',
    'user WORD ',
  ])('is as one that does not exist: %j', async typed => {
    expect(await seen('guest', typed, 'purge')).toBe(await seen('guest', typed, 'purgx'))
  })

  it('gives its words to the permitted one, and runs for those who may', async () => {
    expect(await seen('guest', 'user WORD x y\r', 'purge')).toContain('user WORD 2\n')
    expect(await seen('admin', 'user WORD x\r', 'purge')).toContain('all gone')
    expect(await seen('admin', 'user ann\r', 'purge')).toContain('user ann 0\n')
  })

  it('keeps what may be its secret out of the history all the same', async () => {
    expect(await seen('guest', 'user WORD hunter2\rhistory\r', 'purge')).toContain('1  user WORD\n')
    expect(await seen('admin', 'user ann x\rhistory\r', 'purge')).toContain('1  user ann x\n')
  })
})

describe('allow', () => {
  it.each([
    ['throws', () => { throw new Error('broken') }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s has not allowed, and is logged', async (_, allow) => {
    const errors: LogFields[] = []
    const shell = createShell().command('go', { allow }, () => 'gone')
    const user = connect(shell, { log: { ...SILENT, error: fields => void errors.push(fields) } }).enter('go')
    expect((await user.screen()).rows).toContain(UNKNOWN('go'))
    expect(errors).toContainEqual(expect.objectContaining({ err: new Error('broken') }))
  })

  it.each([
    ['at once', () => { throw fail('Not on Sundays.', { status: 5 }) }], // prettier-ignore
    ['later', () => Promise.reject(new Failure('Not on Sundays.', { status: 5 }))],
  ])('says why not by fail, %s', async (_, allow) => {
    const shell = createShell().command('go', { allow }, () => 'gone')
    const user = connect(shell, { terminal: false, exec: 'go' })
    await user.ended
    expect([user.connection.errors, user.connection.ended?.status]).toEqual(['Not on Sundays.\n', 5])
    expect((await connect(shell).enter('help').screen()).text).not.toMatch(/^go/m)
  })

  it('that never answers is ended by Ctrl-C', async () => {
    const shell = createShell().command('go', { allow: () => new Promise<boolean>(() => {}) }, () => 'gone')
    const user = connect(shell).enter('go').press('C-c', 'C-c')
    expect((await user.screen()).rows).toEqual(['> go', '^C', '^C', '> '])
  })

  it('is asked anew at every call', async () => {
    let open = false
    const shell = createShell().command('go', { allow: () => open }, () => 'gone')
    const user = connect(shell).enter('go')
    open = true
    expect((await user.enter('go').screen()).rows).toEqual(['> go', UNKNOWN('go'), '> go', 'gone', '> '])
  })
})
