import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'
import type { InputReader, LocatedWord } from '../words/input-reader.ts'

/** A reader that splits words at commas, without quotes or escapes. */
class CommaReader implements InputReader {
  read(line: string): string[] {
    return this.locate(line).map(({ text }) => text)
  }

  locate(input: string): LocatedWord[] {
    return Array.from(input.matchAll(/[^,]+/g), ({ 0: text, index: start }) => ({
      text,
      start,
      end: start + text.length,
    }))
  }

  reset(): void {}
}

const shellWith = (reader: () => InputReader) =>
  createShell({ reader, hint: true })
    .command('user add <name> [level:low|high]', { complete: { name: ['ann lee', 'anne, Sir', "an'n"] } }, args => args)
    .command('n <n:integer>', '', () => {})
    .command('grep [-f] <pattern>', { complete: { pattern: ['-x', 'xyz'] } }, args => args)

describe('in a shell with a reader of its own', () => {
  const shell = shellWith(() => new CommaReader())

  it('completion goes by its words', async () => {
    const line = async (typed: string) => (await connect(shell).type(typed).screen()).rows[0]?.trimEnd()
    expect(await line('us\t')).toBe('> user')
    expect(await line('user,ad\t')).toMatch(/^> user,add/)
    expect(await line('us\t,ad\t,x')).toMatch(/^> user,add,x/)
    expect(await line('user,add,ann lee,h\t')).toMatch(/^> user,add,ann lee,high/)
    expect(await line('user add h\t')).toBe('> user add h')
  })

  it('offers no word that it would read as another', async () => {
    const { rows } = await connect(shell).type('user,add,an\t\t').screen()
    expect(rows.join('\n')).toContain('ann lee')
    expect(rows.join('\n')).toContain("an'n")
    expect(rows.join('\n')).not.toContain('Sir')
  })

  it('offers no word that only a `--` after a blank would keep from being a flag', async () => {
    expect((await connect(shell).type('grep,\t').screen()).rows[0]?.trimEnd()).toBe('> grep,xyz')
  })

  it('the hint goes by its words', async () => {
    const rows = async (typed: string) => (await connect(shell).type(typed).screen()).rows
    expect(await rows('user,add,x')).toContain('user add <name> [low|high]')
    expect((await rows('user add x')).join('\n')).not.toContain('<name>')
  })

  it('the word at fault is underlined where it stands', () => {
    expect(connect(shell).enter('n,a "b').output).toContain('\nn,\x1b[4ma "b\x1b[24m\n')
  })
})

describe.each([
  ['that does not tell where words stand', () => ({ read: (line: string) => line.split(','), reset: () => {} })],
  [
    'that throws where it should tell',
    () => ({
      read: (line: string) => line.split(','),
      reset: () => {},
      locate: () => {
        throw new Error('broken')
      },
    }),
  ],
])('with a reader %s', (_, reader: () => InputReader) => {
  it('commands run, and nothing is read by another grammar', async () => {
    const shell = shellWith(reader)
    expect((await connect(shell).type('user a\t').screen()).rows).toEqual(['> user a'])
    expect((await connect(shell).type('user add x').screen()).rows).toEqual(['> user add x'])
    const { output } = connect(shell).enter('n,a b')
    expect(output).toContain("N must be a whole number, not 'a b'.")
    expect(output).not.toContain('\x1b[4m')
  })
})

const HOSTILE = new Proxy([], {
  get() {
    throw new Error('hostile')
  },
})

it.each([
  ['null', null],
  ['a number', 5],
  ['a list of numbers', [1]],
  ['a list that throws', HOSTILE],
])('a line of which a reader makes %s is refused, and the session goes on', async (_, words) => {
  const read = (line: string) => (line === 'bad' ? words : line.split(',')) as string[]
  const shell = createShell({ reader: () => ({ read, reset() {} }) })
    .command('say <text>', '', ({ text }) => text)
    .command('nest', '', (_args, session) => session.run('bad').then(status => `status ${status}`))
  const user = connect(shell).enter('bad').enter('nest').enter('say,b')
  await user.settled()
  const refusal = 'Something went wrong. It has been noted.\n'
  expect(user.output).toBe(`> bad\n${refusal}> nest\n${refusal}status 1\n> say,b\nb\n> `)
})

it('the word at fault is not underlined where the reader tells of other words than it has read', () => {
  const reader = () => ({
    read: (line: string) => line.split(','),
    reset: () => {},
    locate: (input: string) => [{ text: input, start: 0, end: input.length }],
  })
  expect(connect(shellWith(reader)).enter('n,a').output).not.toContain('\x1b[4m')
})
