import { describe, expect, it } from 'vitest'
import { fail } from '../core/failure.ts'
import { connect } from '../testing/index.ts'
import { createShell } from './shell.ts'

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
    ['later', () => Promise.reject(fail('No.'))],
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
