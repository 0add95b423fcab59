import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidatesFor, withAnswers } from './candidates.ts'
import { cursorWord } from '../words/cursor.ts'
import { namesOf } from '../command/help.ts'
import type { CommandText } from '../command/help.ts'
import { readUsage } from '../usage/reader.ts'
import { WordReader } from '../words/reader.ts'

function command(text: string, summary = '', more: Partial<CommandText> = {}): CommandText {
  const usage = readUsage(text)
  return { usage, names: namesOf(usage), summary, ...more }
}

const COMMANDS = [
  command('exit|quit|bye', 'Leave.'),
  command('echo|copy <text...>', 'Echo text.'),
  command('user|users add|create <name> [role:admin|guest|guide]', 'Add a user.'),
  command('user|users remove <name>', 'Remove a user.'),
  command('user', 'Show the user.'),
  command('secret <a:yes|no>', '', { hidden: true }),
  command(
    'log [-f, --follow] [-n, --count <n:integer>] [-l, --level <l:low|high>] [--tag <t:red|green>...] [-v] [file] [mode:fast|slow]',
    '',
    {
      notes: { follow: 'Go on for ever.' },
    },
  ),
  command('set <on:boolean> [all:left|right...]'),
]

/** Returns the candidates at the cursor, at the end of the line. */
function texts(line: string): string[] {
  return candidatesFor(COMMANDS, line, line.length).candidates.map(({ text }) => text)
}

describe('names', () => {
  it.each([
    ['', ['echo', 'exit', 'log', 'set', 'user']],
    ['e', ['echo', 'exit']],
    ['E', ['echo', 'exit']],
    ['qu', ['quit']],
    ['b', ['bye']],
    ['cop', ['copy']],
    ['user ', ['add', 'remove']],
    ['USERS a', ['add']],
    ['users c', ['create']],
    ['us', ['user']],
    ['users', ['users']],
    ['sec', []],
    ['nope ', []],
    ['exit ', []],
  ])('for %j: %j', (line, names) => {
    expect(texts(line)).toEqual(names)
  })

  it('have their summary beside them', () => {
    expect(candidatesFor(COMMANDS, 'user', 4).candidates).toEqual([{ text: 'user', description: 'Show the user.' }])
    expect(candidatesFor(COMMANDS, 'user a', 6).candidates).toEqual([{ text: 'add', description: 'Add a user.' }])
    expect(candidatesFor(COMMANDS, 'lo', 2).candidates).toEqual([{ text: 'log' }])
  })

  it('take the place of what was typed before the cursor', () => {
    expect(candidatesFor(COMMANDS, '  ex foo', 4)).toMatchObject({ start: 2, end: 4, candidates: [{ text: 'exit' }] })
  })

  it('are not made of a quoted word', () => {
    expect(texts('"user add" ')).toEqual([])
    expect(texts('"user add" ann ')).toEqual([])
  })

  it('of 2,000 commands are found', () => {
    const many = Array.from({ length: 2000 }, (_, n) => command(`cmd${n}|alias${n} <a>`))
    expect(candidatesFor(many, 'cmd199', 6).candidates.map(({ text }) => text)).toHaveLength(11)
  })
})

describe('arguments', () => {
  it.each([
    ['user add ann ', ['admin', 'guest', 'guide']],
    ['users create ann GU', ['guest', 'guide']],
    ['user add ann guest ', []],
    ['set ', ['yes', 'no']],
    ['set y', ['yes']],
    ['set yes ', ['left', 'right']],
    ['set yes left left r', ['right']],
    ['secret ', ['yes', 'no']],
    ['log file ', ['fast', 'slow']],
  ])('for %j: %j', (line, values) => {
    expect(texts(line)).toEqual(values)
  })

  it.each([
    ['say h', 4, 'h', ['hello  there']],
    ['say hello  t', 4, 'hello  t', ['hello  there']],
    ["say it's m", 4, "it's m", ["it's me"]],
    ['say "', 4, '"', ['"quoted" text']],
    ['say -', 4, '-', ['-1 is', '-v', '-- --help']],
    ['say -- -', 7, '-', ['-1 is', '-v', '--help']],
    ['tell anna -- -', 13, '-', ['-1 is', '-v', '--help']],
    ['tell anna hel', 10, 'hel', ['hello  there']],
    ['tell -q anna hello ', 13, 'hello ', ['hello  there']],
    ['tell anna h -q', 10, 'h -q', []],
  ])('of a `:line` stand in the place of all that is typed of it, as they are: %j', (line, start, typed, values) => {
    const commands = [command('say <text:line>'), command('tell [-q] <who> <text:line>')]
    const known = [
      'hello  there',
      "it's me",
      '"quoted" text',
      ' blank',
      'blank ',
      'two\nlines',
      '-1 is',
      '-v',
      '--help',
    ]
    const completion = candidatesFor(commands, line, line.length)
    expect(completion.ask?.typed).toBe(typed)
    expect(withAnswers(completion, known)).toMatchObject({
      start,
      end: line.length,
      candidates: values.map(text => ({ text })),
    })
  })

  it('of a `:line` give way to a longer name', () => {
    const commands = [command('say <text:line>'), command('say it again')]
    const completion = withAnswers(candidatesFor(commands, 'say it a', 8), ['it and'])
    expect(completion).toEqual({ start: 7, end: 8, candidates: [{ text: 'again' }] })
  })

  it('are quoted where they need it, within the quote that is open', () => {
    const commands = [command('go <where:home|far>'), command('say <what>')]
    expect(candidatesFor(commands, 'go "h', 5)).toMatchObject({ start: 3, end: 5, candidates: [{ text: '"home"' }] })
    const asked = candidatesFor(commands, "say 'ver", 8)
    expect(withAnswers(asked, ['very high', 'other'])).toEqual({
      start: 4,
      end: 8,
      candidates: [{ text: "'very high'" }],
    })
  })
})

describe('flags', () => {
  it.each([
    ['log -', ['--follow', '--count', '--level', '--tag', '-v']],
    ['log --', ['--follow', '--count', '--level', '--tag']],
    ['log --f', ['--follow']],
    ['log -f', ['-f']],
    ['log --follow --f', []],
    ['log -f -', ['--count', '--level', '--tag', '-v']],
    ['log -n 5 --c', []],
    ['log --tag red --t', ['--tag']],
    ['log --level ', ['low', 'high']],
    ['log -l h', ['high']],
    ['log -fl ', ['low', 'high']],
    ['log --level=', ['--level=low', '--level=high']],
    ['log --level=h', ['--level=high']],
    ['log --nope=', []],
    ['log --follow=', []],
    ['log --tag red --tag ', ['red', 'green']],
    ['log --count ', []],
    ['log --level low file ', ['fast', 'slow']],
    ['log -- -f s', ['slow']],
    ['log -- -f ', ['fast', 'slow']],
    ['log -- -', []],
    ['log --nope x', []],
    ['echo -', []],
  ])('for %j: %j', (line, flags) => {
    expect(texts(line)).toEqual(flags)
  })

  it('have beside them what help says', () => {
    expect(candidatesFor(COMMANDS, 'log --fo', 8).candidates).toEqual([
      { text: '--follow', description: 'Go on for ever.' },
    ])
    expect(candidatesFor(COMMANDS, 'log --ta', 8).candidates).toEqual([
      { text: '--tag', description: 'red, green; may be given more than once' },
    ])
  })
})

describe('the completer of an argument', () => {
  it.each([
    ['user add an', 'name', 'an', ''],
    ['user add ann ', 'role', '', ''],
    ['log --count 1', 'count', '1', ''],
    ['log --count=1', 'count', '1', '--count='],
    ['log -n ', 'count', '', ''],
    ['echo a b', 'text', 'b', ''],
    ['log x', 'file', 'x', ''],
  ])('for %j is that of %s', (line, key, typed, prefix) => {
    const { ask } = candidatesFor(COMMANDS, line, line.length)
    expect(ask).toMatchObject({ key, typed })
    expect(ask?.write('a b')).toBe(`"${prefix}a b"`)
  })

  it.each(['', 'ec', 'log -', 'log --nope x', 'exit now'])('for %j is nobody', line => {
    expect(candidatesFor(COMMANDS, line, line.length).ask).toBeUndefined()
  })

  it('is told the words before, and its answers are added', () => {
    const line = 'log --count=1'
    const asked = candidatesFor(COMMANDS, line, line.length)
    expect(asked.ask?.words).toEqual(['log'])
    expect(withAnswers(asked, ['10', { text: '1 0', description: 'with a blank' }, '20'])).toEqual({
      start: 4,
      end: 13,
      candidates: [{ text: '--count=10' }, { text: '"--count=1 0"', description: 'with a blank' }],
    })
  })

  it('changes nothing where nobody was asked', () => {
    const completion = candidatesFor(COMMANDS, 'ex', 2)
    expect(withAnswers(completion, ['extra'])).toBe(completion)
  })
})

describe('any line', () => {
  it('has candidates that begin with the word at the cursor, read as words are, and stand in its place', () => {
    const part = fc.constantFrom('log', 'user', 'add', ' ', ' ', '-', '--', 'l', 'level', '=', '"', "'", '\\', 'h')
    const line = fc.array(part, { maxLength: 10 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(line, fc.nat(30), (text, cursor) => {
        const { words: _, quote: __, text: typed, ...place } = cursorWord(text, cursor, new WordReader())
        const { candidates, ...taken } = candidatesFor(COMMANDS, text, cursor)
        expect(taken).toMatchObject(place)
        for (const each of candidates) {
          const [word = '', ...others] = new WordReader().read(each.text) ?? []
          expect(others).toEqual([])
          expect(word.toLowerCase().startsWith(typed.toLowerCase())).toBe(true)
        }
      }),
    )
  })
})
