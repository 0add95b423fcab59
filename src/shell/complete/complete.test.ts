import { describe, expect, it } from 'vitest'
import type { LogFields } from '../../core/log.ts'
import { SILENT } from '../../core/log.ts'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

const shell = () =>
  createShell()
    .command('user|users add <name> [role:admin|guest]', 'Add a user.', () => {})
    .command('user|users remove <name>', { complete: { name: ['ann', 'bob', 'Bo Li'] } }, () => {})
    .command('log [-f, --follow] [--level <level:low|high>] [file]', 'Show a log.', () => {})
    .command('secret', { hidden: true }, () => {})

/** Returns what is behind the prompt after some keys; Tab is `\t`. */
async function typed(keys: string, of: { prepare(): void } = shell()): Promise<string> {
  return (
    (
      await connect(of as ReturnType<typeof shell>)
        .type(keys)
        .screen()
    ).rows.at(-1) ?? ''
  )
    .slice(2)
    .trimEnd()
}

describe('Tab', () => {
  it.each([
    ['a name', 'hi\t', 'history'],
    ['as far as the names agree', 'us\t', 'user'],
    ['a word of a name', 'user re\t', 'user remove'],
    ['a flag', 'log --fo\t', 'log --follow'],
    ['a choice', 'user add ann gu\t', 'user add ann guest'],
    ["a flag's choice", 'log --level=l\t', 'log --level=low'],
    ['what the argument itself knows', 'user remove a\t', 'user remove ann'],
    ['the same, quoted where it must be', 'user remove bo\\ \t', 'user remove "Bo Li"'],
    ['in the middle of a line', 'hi x\x02\x02\t', 'history x'],
    ['no hidden name', 'secr\t', 'secr'],
    ['nothing where nothing fits', 'nope\t', 'nope'],
  ])('completes %s', async (_, keys, line) => {
    expect(await typed(keys)).toBe(line)
  })

  it('completes in the last line of an input of several', async () => {
    const user = connect(shell()).type('user \\\rre\t')
    expect((await user.screen()).rows).toEqual(['> user \\', '... remove '])
    expect((await user.type('"\rb\t').screen()).rows.at(-1)).toBe('... b')
  })
})

describe('a completer', () => {
  it('is a function of what is typed and the session', async () => {
    const users = createShell({ state: () => ({ seen: ['x1', 'x2'] }) }).command(
      'show <id>',
      { complete: { id: (word, session) => session.state.seen.filter(id => id.startsWith(word)) } },
      () => {},
    )
    expect(await typed('show x1\t', users)).toBe('show x1')
    expect(await typed('show \t', users)).toBe('show x')
  })

  it('may take its time', async () => {
    const later = createShell().command('go <to>', { complete: { to: async () => ['here'] } }, () => {})
    expect(await typed('go h\t', later)).toBe('go here')
  })

  it.each([
    ['throws', () => { throw new Error('broken') }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s offers nothing, and is logged', async (_, broken) => {
    const errors: LogFields[] = []
    const bad = createShell().command('go <to>', { complete: { to: broken } }, () => {})
    const user = connect(bad, { log: { ...SILENT, error: fields => void errors.push(fields) } }).type('go h\t')
    await user.settled()
    expect((await user.type('i').screen()).rows).toEqual(['> go hi'])
    expect(errors).toMatchObject([{ err: { message: 'broken' } }])
  })

  it('for a parameter that is none is an error', () => {
    const usage: string = 'go <to>'
    expect(() => createShell().command(usage, { complete: { too: [] } }, () => {})).toThrow(
      "no parameter is named 'too'",
    )
  })
})

describe('what Tab writes, Enter takes', () => {
  const values = ['-x', '-f', '-5', '--', '--force', '--nope=1', '--help', '--json', '-a b']
  const places: [usage: string, line: string, key: string, dropped?: readonly string[]][] = [
    ['go [-f, --force] [-n <n>] <a> [rest...]', 'go ', 'a'],
    ['go [-f, --force] [-n <n>] <a> [rest...]', 'go -f x ', 'rest'],
    ['go [-f, --force] [-n <n>] <a> [rest...]', 'go -- ', 'a'],
    ['go [-f, --force] [-n <n>] <a> [rest...]', 'go -- -', 'a', ['-x']],
    ['go [-f, --force] [-n <n>] [a]', 'go -n ', 'n', ['-f', '--force', '--', '--json']],
    ['go [-f, --force] [--num <n>] [a]', 'go --num=', 'num'],
    ['go <a>', 'go ', 'a'],
    ['go <a>', 'go -', 'a', ['-x']],
    ['go <a>', 'go -- ', 'a'],
    ['go [rest...]', 'go x ', 'rest'],
    ['go [rest...]', 'go -- x ', 'rest'],
    ['go [rest...]', 'go x -- y ', 'rest'],
  ]

  it.each(places)('of %s, at %j', async (usage, line, key, dropped = []) => {
    for (const value of values) {
      const got: unknown[] = []
      const shell = createShell().command(usage, { complete: { [key]: [value] } }, args => {
        got.push(args[key])
      })
      const user = connect(shell, { terminal: { columns: 200 } }).type(`${line}\t`)
      await user.settled()
      const offered = (await user.screen()).rows[0]?.trimEnd() !== `> ${line}`.trimEnd()
      user.enter('')
      if (!offered && dropped.includes(value)) continue
      expect([value, [got[0]].flat().at(-1), user.output.split('\n').slice(1, -1)]).toEqual([value, value, []])
    }
  })
})
