import { describe, expect, it } from 'vitest'
import { describeCommands } from './reference.ts'
import { helpFor, helpList, helpParts, helpText, namesOf, usageLine } from './help.ts'
import type { CommandText } from './help.ts'
import { readUsage } from '../usage/reader.ts'

function command(text: string, about: Omit<CommandText, 'usage' | 'names'> & { names?: string[] } = {}): CommandText {
  const usage = readUsage(text)
  return { usage, names: namesOf(usage), ...about }
}

const TIMER = command('timer|timeit <seconds:number> <message>', { summary: 'Send a message after a delay.' })
const ECHO = command('echo|repeat <text...>', {
  summary: 'Echo text.',
  help: 'Echoes its words.\n\nTwice, if you listen.',
})
const ADD = command('user|users add|create <name>', { summary: 'Add a user.' })
const REMOVE = command('user|users remove <name>', { summary: 'Remove a user.' })
const TERM = command('term', { summary: 'The terminal.', hidden: true })
const SHELL = [TIMER, ECHO, ADD, REMOVE, TERM, command('Bye')]

describe('the list', () => {
  it('S7.1: holds every visible command in one row, sorted, its other names behind it, in columns', () => {
    expect(helpList(SHELL).split('\n')).toEqual([
      'Bye',
      'echo <text...>            - Echo text.                     (repeat)',
      'timer <seconds> <message> - Send a message after a delay.  (timeit)',
      'user add <name>           - Add a user.',
      'user remove <name>        - Remove a user.',
    ])
  })

  it('S7.1: has a row that is very long aside from its columns', () => {
    const long = command('go <one> <two> <three> <four> <five> <six> <seven> <eight>', { summary: 'Go.' })
    expect(helpList([long, command('ls|dir', { summary: 'List.' })])).toBe(
      'go <one> <two> <three> <four> <five> <six> <seven> <eight> - Go.\nls - List.  (dir)',
    )
  })

  it('S7.1: is as short as it can be', () => {
    expect(helpList([command('exit|quit')])).toBe('exit  (quit)')
    expect(helpList([command('exit', { summary: 'Leave.' })])).toBe('exit - Leave.')
  })

  it('is empty where there is nothing', () => {
    expect(helpList([])).toBe('')
  })
})

describe('the help of a command', () => {
  it('S7.2: is the usage, a blank line, and the long text', () => {
    expect(helpFor([command('echo <text...>', { summary: 'Echo.', help: 'Echoes.\n\nAt length.' })], 'echo')).toBe(
      'echo <text...>\n\nEchoes.\n\nAt length.',
    )
  })

  it('S7.2: or the short text, where there is no long one', () => {
    expect(helpFor([command('echo <text...>', { summary: 'Echo.' })], 'echo')).toBe('echo <text...>\n\nEcho.')
    expect(helpFor([command('bye')], 'bye')).toBe('bye')
  })

  it('S7.4: is none for a name that nothing has', () => {
    expect(helpFor(SHELL, 'nope')).toBeUndefined()
  })

  it('S4.4, S4.5: is there for hidden commands, aliases, and any case', () => {
    expect(helpFor(SHELL, 'TERM')).toBe('term\n\nThe terminal.')
    expect(helpFor(SHELL, 'TimeIt')).toBe(helpText(TIMER))
    expect(helpFor(SHELL, 'users CREATE')).toBe(helpText(ADD))
  })

  it('says what parameters and flags take, and the other names', () => {
    const log = command(
      'log|tail [-f, --follow] [-n, --count <n:integer=10>] [--tag <t>...] <file> [level:low|high=low] [at:number] [on:boolean]',
      {
        summary: 'Show the log.',
        notes: { follow: 'Go on as it grows', file: 'Its name' },
      },
    )
    expect(helpText(log).split('\n')).toEqual([
      'log [-f, --follow] [-n, --count <n>] [--tag <t>...] <file> [low|high] [at] [on]',
      '',
      'Show the log.',
      '',
      '  <file>           Its name',
      '  [level]          low, high; default low',
      '  [at]             a number',
      '  [on]             yes or no',
      '  -f, --follow     Go on as it grows',
      '  -n, --count <n>  a whole number; default 10',
      '  --tag <t>...     may be given more than once',
      '',
      'Also: tail',
    ])
    expect(helpText(command('go [a=]'))).toBe('go [a]\n\n  [a]  default empty')
  })
})

describe('a group', () => {
  it('has a list of its own, by any of its names', () => {
    const list = 'user add <name>    - Add a user.\nuser remove <name> - Remove a user.'
    expect(helpFor(SHELL, 'user')).toBe(list)
    expect(helpFor(SHELL, 'USERS')).toBe(list)
  })

  it('that is a command as well has both', () => {
    expect(helpFor([...SHELL, command('user', { summary: 'Who you are.' })], 'user')).toBe(
      'user\n\nWho you are.\n\nuser add <name>    - Add a user.\nuser remove <name> - Remove a user.',
    )
  })

  it('of hidden commands is not known', () => {
    expect(helpFor([command('admin reset', { hidden: true })], 'admin')).toBeUndefined()
  })
})

describe('the three parts', () => {
  const whole = { parameters: '<time> <text>', summary: 'Wait.', details: 'Waits.\n  Indented.' }

  it('S7: may be fields', () => {
    expect(
      helpParts(command('go <a>', { parameters: '<time> <text>', summary: 'Wait.', help: 'Waits.\n  Indented.' })),
    ).toEqual(whole)
    expect(helpParts(command('go <a>', { summary: 'Wait.' }))).toEqual({
      parameters: '<a>',
      summary: 'Wait.',
      details: '',
    })
    expect(helpParts(command('go'))).toEqual({ parameters: '', summary: '', details: '' })
  })

  it('S7: may be the lines of one text: parameters, the short line, the rest', () => {
    expect(helpParts(command('go <a>', { help: '<time> <text>\nWait.\n\nWaits.\n  Indented.\n' }))).toEqual(whole)
    const indented = `<time> <text>
      Wait.

      Waits.
        Indented.
      `
    expect(helpParts(command('go <a>', { help: indented }))).toEqual(whole)
    expect(helpParts(command('go <a>', { help: '\nWait.' }))).toEqual({ parameters: '', summary: 'Wait.', details: '' })
  })
})

describe('names', () => {
  it('are all that the words make', () => {
    expect(namesOf(readUsage('user|users add|create <name>'))).toEqual([
      'user add',
      'user create',
      'users add',
      'users create',
    ])
  })

  it('may be more than the usage text declares', () => {
    const stacked = command('go <a>', { names: ['run', 'go', 'start'], summary: 'Run.' })
    expect(helpList([stacked])).toBe('run <a> - Run.  (go, start)')
    expect(usageLine(stacked)).toBe('run <a>')
  })
})

describe('the reference', () => {
  it('is a page of Markdown, without hidden commands', () => {
    const level = command('level|lv [-f, --force] <to:low|high>', {
      summary: 'Set the *level*.',
      help: 'To **low** or high.',
    })
    expect(describeCommands('My <shell>', [TERM, level, command('bye')])).toBe(
      [
        '# My \\<shell\\>',
        '## bye\n\n```\nbye\n```',
        '## level\n\nSet the \\*level\\*.\n\n```\nlevel [-f, --force] <low|high>\n```\n\nTo **low** or high.',
        '| parameter | meaning |\n|---|---|\n| `<to>` | low, high |\n| `-f, --force` |  |',
        'Also: `lv`\n',
      ].join('\n\n'),
    )
  })
})
