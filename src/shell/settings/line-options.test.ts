import { describe, expect, it } from 'vitest'
import { AnswerbackError } from '../../core/options/errors.ts'
import { connect } from '../../testing/index.ts'
import type { TestClient } from '../../testing/index.ts'
import { picture } from '../line/desk.suite.ts'
import type { LineOptions } from './line-options.ts'
import { createShell } from '../shell.ts'
import type { InputReader } from '../words/input-reader.ts'

const shellWith = (options: LineOptions<undefined>) =>
  createShell(options).command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
const at = (options: LineOptions<undefined>, terminal = {}) => connect(shellWith(options), { terminal })
const raw = (user: TestClient) => user.connection.output

describe('keys', () => {
  it('are bound by Readline’s names, sequences and characters too, and taken away', async () => {
    const keys = { 'C-x C-w': 'kill-whole-line', 'C-o': null, '%': 'accept-line' } as const
    const user = at({ keys }).type('one two').press('C-x', 'C-w').type('echo hi%echo').press('C-o').type(' ho')
    expect(await picture(user)).toEqual(['> echo hi', 'hi', '> echo ho|'])
    expect(user.output).toContain('\x07')
  })

  it('what stands behind a character that ends the line is the next line', async () => {
    const user = at({ keys: { ';': 'accept-line' } }).type('echo 1;echo 2;echo')
    expect(await picture(user)).toEqual(['> echo 1', '1', '> echo 2', '2', '> echo|'])
  })

  it('that are sequences are quoted as the terminal has sent them', async () => {
    expect(await picture(at({}).press('C-v').type('\x1bOA!'))).toEqual(['> ^[OA!|'])
  })

  it('are bound for one readLine alone', async () => {
    const shell = createShell({ keys: { 'C-k': 'undo' } }).command('ask', 'Ask.', (_, session) =>
      session.readLine('? ', { keys: { 'C-t': 'upcase-word' } }),
    )
    const user = connect(shell).enter('ask').type('abc').press('C-a', 'C-t', 'Enter')
    await user.settled()
    user.type('abc').press('C-a', 'C-t')
    expect(await picture(user)).toEqual(['> ask', '? ABC', 'ABC', '> |abc'])
  })

  it.each([
    [{ 'C-k': 'kil-line' }, "The option keys['C-k'] cannot be 'kil-line': the nearest action is 'kill-line'."],
    [
      { 'C-Hoem': 'undo' },
      `The option keys['C-Hoem'] cannot be bound: there is no key "C-Hoem"; the nearest is "C-Home".`,
    ],
  ])('%j are refused', (keys, sentence) => {
    expect(() => createShell({ keys: keys as Record<string, any> })).toThrow(sentence)
  })

  it('that a readLine cannot have reject it', async () => {
    const seen: unknown[] = []
    const shell = createShell().command('ask', 'Ask.', async (_, session) => {
      await session.readLine('', { keys: { 'C-k': 'nope' as 'undo' } }).catch((error: unknown) => seen.push(error))
    })
    await connect(shell).enter('ask').settled()
    expect(seen).toEqual([expect.any(AnswerbackError)])
  })
})

describe('paste', () => {
  const two = '\x1b[200~echo 1\necho 2\n\x1b[201~'

  it('goes into the line, its further rows behind the continuation prompt, and runs by Enter', async () => {
    const user = at({}).type(two)
    expect(await picture(user)).toEqual(['> echo 1', '... echo 2', '... |'])
    expect(await picture(user.press('Enter'))).toEqual(['> echo 1', '... echo 2', '...', '1', '2', '> |'])
  })

  it('run: runs line by line', async () => {
    expect(await picture(at({ paste: 'run' }).type(two))).toEqual(['> echo 1', '1', '> echo 2', '2', '> |'])
  })

  it('answers questions line by line, whatever the option', async () => {
    const shell = createShell().command('ask', 'Ask.', async (_, session) => {
      const one = await session.readLine('1? ')
      return `${one}+${await session.readLine('2? ')}`
    })
    const user = connect(shell).enter('ask').type('\x1b[200~a\nb\n\x1b[201~')
    await user.settled()
    expect((await user.screen()).rows).toEqual(['> ask', '1? a', '2? b', 'a+b', '> '])
  })

  it('refuses what is neither', () => {
    expect(() => shellWith({ paste: 'ask' as 'run' })).toThrow(
      "The option paste cannot be 'ask': it is one of edit, run, false.",
    )
  })
})

describe('an input of several lines', () => {
  it('is recalled as one, edited as one, and run again', async () => {
    const user = at({}).enter('echo "a').enter('b"').press('Up')
    expect(await picture(user)).toEqual(['> echo "a', '... b"', 'a', 'b', '> echo "a', '... b"|'])
    user.press('Left').type('!').press('Enter')
    expect((await picture(user)).slice(4)).toEqual(['> echo "a', '... b!"', 'a', 'b!', '> |'])
    expect(user.session.history).toEqual(['echo "a\nb"', 'echo "a\nb!"'])
  })
})

describe('S9.2: a message in the further line of an input', () => {
  it('goes above that line', async () => {
    const user = at({}).enter('echo "a').type('b')
    void user.session.writeMessage('News!')
    expect(await picture(user)).toEqual(['> echo "a', 'News!', '... b|'])
    expect((await picture(user.type('"\r'))).slice(3)).toEqual(['a', 'b', '> |'])
  })
})

describe('a reader of one’s own', () => {
  it('says whether an input needs more, and it is one entry of the history', async () => {
    const reader = (): InputReader => {
      let lines: string[] = []
      const reset = (): void => void (lines = [])
      const read = (line: string): string[] | undefined => {
        lines.push(line)
        if (!line.endsWith(';')) return undefined
        const words = lines.join(' ').slice(0, -1).split(' ')
        reset()
        return words
      }
      return { read, reset }
    }
    const shell = createShell({ reader }).command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
    const user = connect(shell).enter('echo one').enter('two;').press('Up')
    expect(await picture(user)).toEqual(['> echo one', '... two;', 'one two', '> echo one', '... two;|'])
  })
})

describe('highlight', () => {
  const numbers = (line: string) =>
    Array.from(line.matchAll(/\d+/g), ({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
      style: '31',
    }))

  it('colours the line as it is typed, and leaves it coloured', () => {
    const user = at({ highlight: numbers }).type('echo 1').type('2')
    expect(raw(user)).toContain('\x1b[31m1\x1b[m')
    expect(raw(user)).toContain('\x1b[31m2\x1b[m')
  })

  it.each([
    ['throws', () => { throw new Error('mine') }], // prettier-ignore
    ['gives what is no colour', () => [{ start: 0, end: 9, style: '2J\x1b[2J' }]],
    ['gives spans out of bounds and order', () => [{ start: 5, end: 99, style: '1' }, { start: -3, end: 2, style: '4' }]], // prettier-ignore
  ])('that %s keeps nobody from typing', async (_, highlight) => {
    const user = at({ highlight }).type('echo hi')
    expect(await picture(user)).toEqual(['> echo hi|'])
    expect(raw(user)).not.toContain('2J')
    expect(await picture(user.press('Enter'))).toEqual(['> echo hi', 'hi', '> |'])
  })
})

describe('suggest', () => {
  const typed = () => at({ suggest: true }).enter('echo hello').enter('echo help').type('echo h')

  it('shows the newest input that begins so, dimmed, and none when the line is over', async () => {
    const user = typed()
    expect((await picture(user)).at(-1)).toBe('> echo h|elp')
    expect(raw(user)).toContain('\x1b[2melp\x1b[m')
    expect((await picture(user.press('Enter'))).slice(-3)).toEqual(['> echo h', 'h', '> |'])
  })

  it.each(['Right', 'End', 'C-f', 'C-e'])('is taken by %s', async key => {
    expect((await picture(typed().press(key))).at(-1)).toBe('> echo help|')
  })

  it('is not there within the line, in a search, nor for what does not show', async () => {
    expect((await picture(typed().press('Left'))).at(-1)).toBe('> echo |h')
    expect((await picture(typed().press('C-r'))).at(-1)).toMatch(/echo h\|$/)
  })

  it('may come from anywhere', async () => {
    const user = at({ suggest: line => `${line} there` }).type('hi')
    expect(await picture(user)).toEqual(['> hi| there'])
    expect(await picture(user.press('Right'))).toEqual(['> hi there| there'])
  })

  it('stands after messages as before', async () => {
    const user = typed()
    void user.session.writeMessage('News!')
    expect((await picture(user)).slice(-2)).toEqual(['News!', '> echo h|elp'])
  })
})

describe('hint', () => {
  it('is a row below the line, which goes when it is over', async () => {
    const user = at({ hint: (line, cursor) => `${line.length}:${cursor}` })
      .type('ab')
      .press('Left')
    expect(await picture(user)).toEqual(['> a|b', '2:1'])
    expect(await picture(user.press('C-c'))).toEqual(['> ab^C', '> |', '0:0'])
  })

  it('true: is the usage of the command at the cursor, in further lines too', async () => {
    const user = at({ hint: true }).type('ec')
    expect(await picture(user)).toEqual(['> ec|'])
    expect(await picture(user.type('ho "a'))).toEqual(['> echo "a|', 'echo <text...>'])
    expect(await picture(user.type('\rb'))).toEqual(['> echo "a', '... b|', 'echo <text...>'])
  })

  it('tells nothing of commands that are hidden, or not for everybody', async () => {
    const shell = createShell({ hint: true })
      .command('secret', { hidden: true }, () => {})
      .command('admin', { allow: () => true }, () => {})
    expect(await picture(connect(shell).type('secret'))).toEqual(['> secret|'])
    expect(await picture(connect(shell).type('admin'))).toEqual(['> admin|'])
  })

  it('does not stand between the line and a list of candidates', async () => {
    const user = at({ hint: true }).type('e').press('M-?')
    expect(await picture(user)).toEqual(['> e', 'echo  Echo.', 'exit  Leave the shell.', '> e|'])
    user.press('C-u').type('exit').press('M-?')
    expect((await picture(user)).slice(4)).toEqual(['exit  Leave the shell.', '> exit|', 'exit [status]'])
  })

  it('cannot do harm', async () => {
    const user = at({ hint: () => '\x1b[2J\x07' }).type('ab')
    expect(await picture(user)).toEqual(['> ab|', '\\x1b[2J\\x07'])
  })
})
