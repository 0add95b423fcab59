import { describe, expect, it } from 'vitest'
import { safe } from '../../core/text/safe-text.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

const broken = () =>
  createShell()
    .command('throws', 'Throw.', () => {
      throw new Error('secret detail')
    })
    .command('rejects', 'Reject.', async () => {
      await Promise.resolve()
      throw new Error('secret detail')
    })

describe('S14: users of a shell with an onError', () => {
  it.each<[string, string | SafeText | boolean | undefined, string, boolean]>([
    ['nothing: the one sentence', undefined, 'Something went wrong. It has been noted.\n', true],
    ['a text: that text', 'No such luck.', 'No such luck.\n', true],
    ['a safe text', safe`No ${'luck\x1b[2J'}.`, 'No luck[2J.\n', true],
    ['empty text: nothing', '', '', true],
    ['true: nothing, for it has told the user', true, '', true],
    ['false: nothing, and the session ends', false, '', false],
  ])('are told as onError returns: %s', async (_, verdict, told, isOn) => {
    for (const command of ['throws', 'rejects']) {
      for (const hook of [() => verdict, async () => verdict]) {
        const user = connect(broken().onError(hook)).enter(command)
        await user.settled()
        expect(user.output).toBe(`> ${command}\n${told}${isOn ? '> ' : ''}`)
        expect(user.connection.ended === undefined).toBe(isOn)
      }
    }
  })

  it('are told on the standard error of a program, and end it with status 1', async () => {
    const shell = broken().onError(error => (error as Error).message.replace('secret', 'public'))
    const user = connect(shell, { terminal: false, exec: 'throws' })
    await user.ended
    expect([user.connection.errors, user.connection.ended?.status]).toEqual(['public detail\n', 1])
  })

  it('are told nothing of where onError has ended the session, or the command is abandoned meanwhile', async () => {
    const ending = connect(broken().onError((_, session) => session.end(3))).enter('throws')
    await ending.ended
    expect([ending.output, ending.connection.ended?.status]).toEqual(['> throws\n', 3])
    const left = connect(broken().onError(() => new Promise<void>(resolve => user.clock.after(10, resolve))))
    const user = left.enter('throws').press('C-c', 'C-c')
    await user.clock.advance(20)
    expect(user.output).toBe('> throws\n^C\n^C\n> ')
  })

  it('of a timer are told in the same way, above what is typed', async () => {
    const shell = createShell()
      .onStart(session => void session.after(10, () => Promise.reject(new Error('tick'))))
      .onError(() => 'Late.')
    const user = connect(shell).type('abc')
    await user.clock.advance(10)
    expect((await user.screen()).rows).toEqual(['Late.', '> abc'])
  })
})

/** Throws whenever anything of it is inspected. */
const HOSTILE = new Proxy(
  {},
  {
    get() {
      throw new Error('get')
    },
    getPrototypeOf() {
      throw new Error('getPrototypeOf')
    },
  },
)

describe('a thrown value that throws when it is inspected', () => {
  const fault = (): never => {
    throw HOSTILE
  }
  const shell = () =>
    createShell()
      .command('throws', 'Throw.', fault)
      .command('rejects', 'Reject.', async () => fault())
      .command('later', 'Throw later.', (_, session) => void session.after(10, fault))
      .command('denied', { summary: 'Deny.', allow: fault }, () => 'ran')
      .command('hi', 'Greet.', () => 'Hi.')

  it.each(['throws', 'rejects', 'later'])('is reported as any other: %s', async command => {
    const user = connect(shell()).enter(command)
    await user.clock.advance(10)
    await user.enter('hi').settled()
    expect(user.output).toContain('Something went wrong. It has been noted.\n')
    expect(user.output.endsWith('Hi.\n> ')).toBe(true)
  })

  it('of a check refuses the command', async () => {
    const user = connect(shell()).enter('denied').enter('hi')
    await user.settled()
    expect(user.output).not.toMatch(/ran|went wrong/)
    expect(user.output.endsWith('Hi.\n> ')).toBe(true)
  })

  it('is given to onError as an Error', async () => {
    const user = connect(shell().onError(error => (error as Error).message)).enter('throws')
    await user.settled()
    expect(user.output).toBe('> throws\nWhat was thrown cannot be read.\n> ')
  })

  it('of a reader refuses the line', async () => {
    const user = connect(createShell({ reader: () => ({ read: fault, reset() {} }) })).enter('a')
    await user.settled()
    expect(user.output).toBe('> a\nSomething went wrong. It has been noted.\n> ')
  })
})
