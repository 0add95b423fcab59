import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import { commandSet } from './set.ts'
import { reference } from './reference.ts'
import { createShell } from '../shell.ts'
import type { Shell } from '../shell.ts'

const admin = () => commandSet().command('kick|boot <who>', 'Kick.', ({ who }) => `kicked ${who}`)

async function answers(shell: Shell<any, any>, ...lines: string[]): Promise<string[]> {
  const user = connect(shell)
  for (const line of lines) user.enter(line)
  return (await user.screen()).rows.filter(row => !row.startsWith('> '))
}

describe('S22: a set of commands', () => {
  it('is shared by several shells', async () => {
    const set = admin()
    expect(await answers(createShell().use(set), 'boot a')).toEqual(['kicked a'])
    expect(await answers(createShell().use(set), 'kick b')).toEqual(['kicked b'])
  })

  it('is mounted under a prefix, with its aliases', async () => {
    const shell = createShell().use('admin|adm', admin())
    expect(await answers(shell, 'admin kick a', 'ADM boot b', 'kick c')).toEqual([
      'kicked a',
      'kicked b',
      "Unknown command 'kick'. Type 'help' for a list of commands.",
    ])
    expect(await answers(shell, 'help adm')).toEqual(['admin kick <who> - Kick.'])
  })

  it('may grow until a shell with it is served, and comes whole', async () => {
    const set = admin()
    const shell = createShell().use(set)
    set.command('late', '', () => 'late')
    expect(await answers(shell, 'late')).toEqual(['late'])
    expect(() => set.command('later', '', () => {})).toThrow(
      'A shell that is served cannot be changed: command() must come before',
    )
    expect(() => set.remove('late')).toThrow('A shell that is served cannot be changed: remove() must come before')
  })

  it.each([
    ['a name that is there', () => createShell().use(admin()).use(admin())],
    [
      'a name twice by aliases',
      () =>
        createShell()
          .use(admin())
          .command('boot', '', () => {}),
    ],
    ['names of two commands as one', () => createShell().command('a', '', () => {}).command('b', '', () => {}).command('a|b', '', () => {})], // prettier-ignore
  ])('with %s is an error at once', (_, define) => {
    expect(define).toThrow(/defined twice: give one of the two another name/)
  })

  it('is asked to remove what it has', () => {
    expect(admin().remove('BOOT').commands).toEqual([])
    expect(() => admin().remove('nope')).toThrow("The option remove cannot be 'nope': no command has that name.")
  })
})

describe('a shell that is served', () => {
  const served = () => {
    const shell = createShell()
    connect(shell)
    return shell
  }
  it.each([
    ['command()', () => served().command('x', '', () => {})],
    ['use()', () => served().use(admin())],
    ['use()', () => served().use((_, next) => next())],
    ['remove()', () => served().remove('exit')],
    ['onStart()', () => served().onStart(() => {})],
    ['onUnknown()', () => served().onUnknown(() => {})],
  ])('is frozen: %s', (what, change) => {
    expect(change).toThrow(`A shell that is served cannot be changed: ${what} must come before serve() or accept().`)
  })
})

describe('a dynamic set', () => {
  it('changes while it is served: for lines, help and completion of sessions that are open', async () => {
    const set = commandSet({ dynamic: true }).command('one', '', () => '1')
    const shell = createShell().use(set).use('sub', set)
    const user = connect(shell).enter('one').enter('two')
    set.command('two', 'Second.', () => '2').remove('one')
    const { rows } = await user.enter('one').enter('two').enter('sub two').enter('help two').screen()
    expect(rows.filter(row => !row.startsWith('> '))).toEqual([
      '1',
      "Unknown command 'two'. Type 'help' for a list of commands.",
      "Unknown command 'one'. Type 'help' for a list of commands.",
      '2',
      '2',
      'two',
      '',
      'Second.',
    ])
    expect((await user.type('t\t').screen()).rows.at(-1)).toBe('> two ')
  })

  it('that would name a command twice in any of its shells stays as it was in all', async () => {
    const set = commandSet({ dynamic: true })
    const free = createShell().use(set)
    const taken = createShell()
      .use(set)
      .command('go', '', () => 'mine')
    expect(() => set.command('go', '', () => 'theirs')).toThrow('The command "go" is defined twice')
    expect(set.commands).toEqual([])
    expect(await answers(free, 'go')).toEqual(["Unknown command 'go'. Type 'help' for a list of commands."])
    expect(await answers(taken, 'go')).toEqual(['mine'])
  })

  it('leaves out again what the shell has removed', async () => {
    const set = commandSet({ dynamic: true }).command('a|b', '', () => 'a')
    const shell = createShell().use(set).remove('b')
    set.command('c', '', () => 'c')
    expect(await answers(shell, 'a', 'b', 'c')).toEqual(['a', expect.stringContaining('Unknown'), 'c'])
  })
})

describe('a reference', () => {
  it('is what help says, as a page', () => {
    const shell = createShell().use(admin())
    for (const name of ['help', '?', 'history', 'exit', 'quit', 'bye', 'logout']) shell.remove(name)
    expect(reference(shell, 'Lobby')).toBe('# Lobby\n\n## kick\n\nKick.\n\n```\nkick <who>\n```\n\nAlso: `boot`\n')
  })
})
