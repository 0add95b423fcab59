import { describe, expect, it } from 'vitest'
import { fail, Failure } from '../../core/options/failure.ts'
import { connect } from '../../testing/index.ts'
import type { Invocation } from '../command/invocation.ts'
import { createShell } from '../shell.ts'

const shell = () => createShell().command('echo|copy <text...>', 'Echo.', ({ text }) => text.join(' '))

describe('middleware', () => {
  it('runs in reading order, the first outermost, and need not pass the answer on', async () => {
    const seen: string[] = []
    const own = shell()
      .use(async (_, next, { name, words }) => {
        seen.push(`outer ${name} ${words.length}`)
        await next()
        seen.push('outer end')
      })
      .use((_, next) => {
        seen.push('inner')
        const answer = next()
        seen.push(`inner ${JSON.stringify(answer)}`)
      })
    const user = connect(own).enter('copy a b')
    expect((await user.screen()).rows).toEqual(['> copy a b', 'a b', '> '])
    expect(seen).toEqual(['outer echo 3', 'inner', 'inner "a b"', 'outer end'])
  })

  it('may answer instead', async () => {
    const own = shell().use(async (_, next) => String(await next()).toUpperCase())
    expect((await connect(own).enter('echo a').screen()).rows).toEqual(['> echo a', 'A', '> '])
  })

  it('answers nothing by null', async () => {
    const own = shell().use((_, next) => (next(), null))
    expect((await connect(own).enter('echo a').screen()).rows).toEqual(['> echo a', '> '])
  })

  it('may refuse, and the command does not run', async () => {
    let ran = false
    const own = createShell()
      .command('go', '', () => void (ran = true))
      .use(() => {
        throw fail('Not now.', { status: 9 })
      })
    const user = connect(own, { terminal: false, exec: 'go' })
    await user.ended
    expect([ran, user.connection.errors, user.connection.ended?.status]).toEqual([false, 'Not now.\n', 9])
  })

  it.each([
    ['at once', () => { throw fail('No.') }], // prettier-ignore
    ['later', () => Promise.reject(new Failure('No.'))],
  ])('sees what a command throws %s', async (_, broken) => {
    const caught: unknown[] = []
    const own = createShell()
      .command('go', '', broken)
      .use(async (_session, next) => {
        try {
          await next()
        } catch (error) {
          caught.push(error)
          throw error
        }
      })
    expect((await connect(own).enter('go').screen()).rows).toEqual(['> go', 'No.', '> '])
    expect(caught).toHaveLength(1)
  })

  it('that throws while its command goes on leaves no rejection behind', async () => {
    const own = createShell()
      .command('go', '', () => Promise.reject(new Error('late')))
      .use((_, next) => {
        void next()
        throw fail('Enough.')
      })
    expect((await connect(own).enter('go').screen()).rows).toEqual(['> go', 'Enough.', '> '])
  })

  it('cannot run a command twice', async () => {
    let runs = 0
    const own = createShell()
      .command('go', '', () => void runs++)
      .use(async (_, next) => {
        await next()
        await next()
      })
    expect((await connect(own).enter('go').screen()).rows[1]).toBe('Something went wrong. It has been noted.')
    expect(runs).toBe(1)
  })

  it('adds to the state, with its type', async () => {
    const own = createShell()
      .use<{ count: number }>((session, next) => {
        session.state.count = (session.state.count ?? 0) + 1
        return next()
      })
      .command('count', '', (_, session) => session.state.count)
    const user = connect(own).enter('count').enter('count')
    expect((await user.screen()).rows).toEqual(['> count', '1', '> count', '2', '> '])
    expect((await connect(own).enter('count').screen()).rows[1]).toBe('1')
  })

  it('is asked about neither wrong words, nor names, nor help', () => {
    let asked = 0
    const own = shell().use((_, next) => (asked++, next()))
    connect(own).enter('echo').enter('nope').enter('echo --help')
    expect(asked).toBe(0)
  })

  it('waits for nothing where nothing is to be waited for', () => {
    const user = connect(shell().use((_, next) => next())).enter('echo a')
    expect(user.output).toContain('a\n> ')
  })
})

describe('what is given for a secret', () => {
  const SECRET = 'hunter2'
  const shellOf = (seen: unknown[], mayLogIn = true) =>
    createShell()
      .command(
        'login <name> <password:secret> [-p, --pin <p:secret>] [--tag <t>...]',
        { allow: () => mayLogIn },
        ({ name, password, pin }, _, invocation) => {
          seen.push([name, password, pin, invocation.words.includes(password), invocation.raw.includes(password)])
          throw new Error('broken')
        },
      )
      .command('unlock <code:secret...>', '', ({ code }) => void seen.push(code))
      .use((_, next, invocation) => {
        seen.push(see(invocation))
        return next()
      })
      .onError((_, __, invocation) => void seen.push(invocation && see(invocation)))
      .onUnknown((_, invocation) => void seen.push(see(invocation)))
  const see = ({ name, words, raw }: Invocation): unknown => [name, ...words, raw]

  it('only the handler sees: it is masked for middleware and onError', () => {
    const seen: unknown[] = []
    connect(shellOf(seen)).enter(`login --tag x ann  "${SECRET}" -p 12 --json`)
    const masked = [
      'login',
      'login',
      '--tag',
      'x',
      'ann',
      '***',
      '-p',
      '***',
      '--json',
      'login --tag x ann  *** -p *** --json\n',
    ]
    expect(seen).toEqual([masked, ['ann', SECRET, '12', true, true], masked])
  })

  it.each([
    ['login ann hunter2', 'login ann ***\n'],
    ['login ann --pin=hunter2 x', 'login ann *** ***\n'],
    ['login ann -phunter2 -- hunter2', 'login ann *** -- ***\n'],
    ['unlock a hunter2', 'unlock *** ***\n'],
    ['unlock a -- hunter2', 'unlock *** -- ***\n'],
    ['unlock "a\nhunter2"', 'unlock ***\n'],
  ])('wherever it stands: %j', (line, raw) => {
    const seen: unknown[] = []
    connect(shellOf(seen)).enter(line.replaceAll('\n', '\r'))
    expect(seen[0]).toContain(raw)
    expect(JSON.stringify(seen[0])).not.toContain(SECRET)
  })

  it('is masked for onUnknown where the command is not allowed, or is a shorter one', () => {
    const seen: unknown[] = []
    connect(shellOf(seen, false)).enter('login ann hunter2')
    expect(seen).toEqual([['', 'login', '***', '***', 'login *** ***\n']])
    const shorter: unknown[] = []
    const own = createShell()
      .command('user [name] [rest...]', '', ({ rest }) => void shorter.push(rest))
      .command('user unlock <code:secret>', { allow: () => false }, () => {})
      .use((_, next, invocation) => (shorter.push(see(invocation)), next()))
    connect(own).enter('user unlock hunter2').enter('user ann x')
    expect(shorter).toEqual([
      ['user', 'user', 'unlock', '***', 'user unlock ***\n'],
      ['hunter2'],
      ['user', 'user', 'ann', 'x', 'user ann x\n'],
      ['x'],
    ])
  })

  it('is masked where the reader does not tell where words stand', () => {
    const seen: unknown[] = []
    const reader = () => ({ read: (line: string) => line.split(','), reset: () => {} })
    const own = createShell({ reader })
      .command('unlock <code:secret>', '', () => {})
      .use((_, next, invocation) => (seen.push(see(invocation)), next()))
    connect(own).enter('unlock,hunter2')
    expect(seen).toEqual([['unlock', 'unlock', '***', 'unlock ***\n']])
  })

  it('is one object for all of them, so that they can keep something for it', () => {
    const seen: unknown[] = []
    const own = createShell()
      .command('unlock <code:secret>', '', () => {})
      .use((_, next, invocation) => (seen.push(invocation), next()))
      .use((_, next, invocation) => (seen.push(invocation), next()))
    connect(own).enter('unlock x')
    expect(seen[0]).toBe(seen[1])
  })
})
