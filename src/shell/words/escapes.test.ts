import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { EscapeStyle } from './escapes.ts'
import { createShell } from '../shell.ts'
import { WordReader } from './reader.ts'

/** The words of an input of one line or more. */
function wordsOf(escapes: EscapeStyle, input: string): string[] | undefined {
  const reader = new WordReader({ escapes })
  let words: string[] | undefined
  for (const [i, line] of input.split('\n').entries()) {
    if (i > 0 && words !== undefined) return undefined
    words = reader.read(line)
  }
  return words
}

describe('escapes: bash', () => {
  // Each row was given to Bash 5.2, by `printf '%s\n'`.
  it.each([
    [`'C:\\new'`, ['C:\\new']],
    [`C:\\temp\\new`, ['C:tempnew']],
    ['CORP\\nina', ['CORPnina']],
    ['CORP\\\\nina', ['CORP\\nina']],
    ['"C:\\temp"', ['C:\\temp']],
    ['"a\\\\b\\"c\\$d\\`e"', ['a\\b"c$d`e']],
    [`"it\\'s"`, ["it\\'s"]],
    [`'a\\'`, ['a\\']],
    [`'it'\\''s'`, ["it's"]],
    ['a\\ b\\"c', ['a b"c']],
    ['a\\\nb', ['ab']],
    ['"a\\\nb"', ['ab']],
    [`'a\\\nb'`, ['a\\\nb']],
    ['\\\\\\\\', ['\\\\']],
  ])('%j is %j', (input, words) => {
    expect(wordsOf('bash', input)).toEqual(words)
    expect(new WordReader({ escapes: 'bash' }).locate(input).map(({ text }) => text)).toEqual(words)
  })

  it('are what the shell goes by, its completion and the underline of its errors too', async () => {
    const shell = createShell({ escapes: 'bash' })
      .command('words [w...]', { complete: { w: ["C:\\it's new", 'D:\\x'] } }, ({ w }) => w.join('|'))
      .command('n <n:integer>', '', () => {})
    const user = connect(shell).enter(`words 'C:\\new' C:\\\\temp\\new "a\\b"`)
    expect(user.output).toContain('\nC:\\new|C:\\tempnew|a\\b\n')
    const typed = async (text: string) => (await connect(shell).type(text).screen()).rows[0]?.trimEnd()
    expect(await typed('words c\t')).toBe(`> words "C:\\\\it's new"`)
    expect(await typed("words 'c\t")).toBe(`> words 'C:\\it'\\''s new'`)
    expect(connect(shell).type('words d\t\r').output).toContain('\nD:\\x\n')
    expect(connect(shell).type("words 'c\t\r").output).toContain("\nC:\\it's new\n")
    expect(connect(shell).enter(`n 'a\\'`).output).toContain(`n \x1b[4m'a\\'\x1b[24m\n`)
  })

  it('asks for more after a trailing backslash, and within a quote that one does not close', () => {
    const user = connect(createShell({ escapes: 'bash' }).command('words [w...]', '', ({ w }) => w.join('|')))
    expect(user.enter('words a\\').enter("b 'c\\").enter("d'").output).toContain('... b')
    expect(user.output).toContain('\nab|c\\\nd\n')
  })
})

describe('escapes: everywhere, the default', () => {
  it.each([
    ['C:\\temp\\new', ['C:\temp\new']],
    [`'C:\\new'`, ['C:\new']],
    ['C:\\\\temp', ['C:\\temp']],
    ['CORP\\nina', ['CORP\nina']],
  ])('S6: %j is %j', (input, words) => {
    expect(wordsOf('everywhere', input)).toEqual(words)
  })
})

describe.each<EscapeStyle>(['everywhere', 'bash'])('escapes: %s', escapes => {
  const reader = new WordReader({ escapes })
  const word = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '"', "'", '\\', 'n', '$', '`', '😀') })

  it('a word as one types it is read as the word that it was', () => {
    fc.assert(
      fc.property(word, fc.constantFrom('', '"', "'"), (text, quote) => {
        const typed = reader.quote(text, quote)
        expect(wordsOf(escapes, typed)).toEqual([text])
        expect(reader.locate(typed)).toMatchObject([{ text, start: 0, end: typed.length }])
      }),
    )
  })

  it('words are located as they are read, where they stand', () => {
    const input = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', '\n', '"', "'", '\\') })
    fc.assert(
      fc.property(input, text => {
        const words = wordsOf(escapes, text)
        fc.pre(words !== undefined)
        expect(reader.locate(text).map(located => located.text)).toEqual(words)
      }),
    )
  })
})

describe('the option', () => {
  it('is one of two, and not for a shell whose reader decides', () => {
    expect(() => createShell({ escapes: 'posix' as 'bash' })).toThrow(
      "The option escapes cannot be 'posix': it is one of everywhere, bash.",
    )
    expect(() => createShell({ escapes: 'bash', reader: () => new WordReader() })).toThrow(
      'The option escapes cannot be given: the reader of the shell decides on them.',
    )
  })
})
