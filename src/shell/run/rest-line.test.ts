import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import { createShell } from '../shell.ts'
import type { InputReader } from '../words/input-reader.ts'
import { WordReader } from '../words/reader.ts'

const LINE: ConnectOptions = { terminal: { input: 'line' } }
const PIPE: ConnectOptions = { terminal: false }

const shell = (reader?: () => InputReader) =>
  createShell(reader ? { reader } : {})
    .command('say <text:line>', '', ({ text }) => `[${text}]`)
    .command('tell <who> [-q, --quiet] <text:line>', '', ({ who, quiet, text }) => `${who} ${quiet}: [${text}]`)
    .command('echo <words...>', '', ({ words }) => words.join('|'))

/** Returns the answers to inputs. */
async function answers(inputs: readonly string[], client: ConnectOptions = {}, of = shell()): Promise<string> {
  const user = connect(of, client)
  for (const input of inputs) await user.enter(input).settled()
  return user.output
}

const SAID: readonly (readonly [input: string, text: string])[] = [
  ["say it's me", "[it's me]"],
  ['say "I  do", she said', '["I  do", she said]'],
  ['say   two  blanks   ', '[two  blanks]'],
  ['SAY a\\tb \\', '[a\\tb \\]'],
  ['say \\', '[\\]'],
  ['say "', '["]'],
  ['say ""', '[""]'],
  ['say -v -- x', '[-v -- x]'],
  ['say -- --help', '[--help]'],
  ['say --json', '[--json]'],
  ['say a --json', '[a --json]'],
  ['say --help me', '[--help me]'],
  ['say a; b | c > d', '[a; b | c > d]'],
  ["tell anna it's -q", "anna false: [it's -q]"],
  ['tell -q "anna b" don\'t', "anna b true: [don't]"],
  ['tell anna -q -- "x', 'anna true: ["x]'],
  ['tell a\\ b c\\ d', 'a b false: [c\\ d]'],
]

describe.each([
  ['at a terminal', {}],
  ['in line mode', LINE],
  ['on a pipe', PIPE],
] as const)('a `:line` %s', (_, client) => {
  it.each(SAID)('%s', async (input, text) => {
    expect(await answers([input], client)).toContain(`${text}\n`)
  })

  it('takes what follows as the next input', async () => {
    expect(await answers(["say it's", "say don't", 'echo a'], client)).toMatch(/\[it's\]\n[^]*\[don't\]\n[^]*a\n/)
  })
})

it('is there in scripts', async () => {
  const user = connect(shell(), { terminal: false, exec: "say it's me\nsay you're" })
  await user.settled()
  expect(user.output).toBe("[it's me]\n[you're]\n")
})

describe('an open quote or a `\\` before the line begins asks for more', () => {
  it.each([
    [['tell "anna', 'b" it\'s'], "anna\nb false: [it's]"],
    [['tell an\\', "na it's"], "anna false: [it's]"],
    [['say\\', " it's"], "[it's]"],
    [['tell \\', "anna it's"], "anna false: [it's]"],
  ] as const)('%j', async (inputs, text) => {
    expect(await answers(inputs)).toContain(`${text}\n`)
  })

  it('and so does one of a command without a line', async () => {
    expect(await answers(["echo it's", "me'"])).toContain('its\nme\n')
  })

  it('ends with the input', async () => {
    const user = connect(shell(), PIPE).enter('tell "anna')
    user.endInput()
    await user.settled()
    expect(user.output).toContain('The input is unfinished')
  })
})

describe('what others see of it', () => {
  it('words have the line as one, and raw is what was typed', async () => {
    const seen = vi.fn()
    const watched = shell().use((_session, next, { words, raw }) => {
      seen(words, raw)
      return next()
    })
    await answers(["tell -q anna  it's  me "], {}, watched)
    expect(seen.mock.calls).toEqual([[['tell', '-q', 'anna', "it's  me"], "tell -q anna  it's  me \n"]])
  })

  it('the history keeps it as it was typed', async () => {
    const { rows } = await connect(shell()).enter("say it's  me").press('Up').screen()
    expect(rows.at(-1)?.trimEnd()).toBe("> say it's  me")
  })

  it('a secret before it is masked, and the rest is not', async () => {
    const seen = vi.fn()
    const watched = createShell()
      .command('set [-v] <key:secret> [note:line]', '', args => args)
      .use((_session, next, { words, raw }) => {
        seen(words, raw)
        return next()
      })
    await answers(["set k1 -1 it's"], {}, watched)
    expect(seen.mock.calls).toEqual([[['set', '***', "-1 it's"], "set *** -1 it's\n"]])
  })

  it('a validator gets it, and its fault underlines all of it', () => {
    const strict = createShell().command('say <text:line>', { args: { text: z.string().max(5) } }, ({ text }) => text)
    expect(connect(strict).enter("say it's").output).toContain("it's\n")
    expect(connect(strict).enter("say it's  so ").output).toContain("\nsay \x1b[4mit's  so\x1b[24m \n")
  })

  it('help says what it is', async () => {
    expect((await connect(shell()).enter('help say').screen()).rows.slice(1, 4)).toEqual([
      'say <text>',
      '',
      '  <text>  the rest of the line, as it is typed',
    ])
    expect((await connect(shell()).enter('say --help').screen()).rows[1]).toBe('say <text>')
  })

  it('sets and prefixes take it', async () => {
    const outer = createShell().use('chat', shell())
    expect(await answers(["chat say it's"], {}, outer)).toContain("[it's]\n")
  })
})

describe('one that is not allowed is as if it were not there', () => {
  const guarded = (allow: () => boolean | Promise<boolean>) =>
    createShell()
      .command('say <text:line>', { allow }, ({ text }) => `[${text}]`)
      .command('say loudly <text:line>', { allow: () => false }, () => 'never')
      .command('tell <text:line>', '', ({ text }) => `{${text}}`)
      .command('tell all <text:line>', { allow }, ({ text }) => `[${text}]`)

  it.each([
    ['at once', (may: boolean) => () => may],
    ['later', (may: boolean) => async () => may],
  ])('decided %s', async (_, allow) => {
    expect(await answers(["say it's", 'tell x'], {}, guarded(allow(true)))).toMatch(/\[it's\]\n[^]*\{x\}\n/)
    expect(await answers(["say loudly it's"], {}, guarded(allow(true)))).toContain("[loudly it's]\n")
    expect(await answers(["tell all it's"], {}, guarded(allow(false)))).toContain("{all it's}\n")
    const denied = await answers(["say it's", "x'", 'tell y'], {}, guarded(allow(false)))
    const unknown = await answers(["sag it's", "x'", 'tell y'], {}, guarded(allow(false)))
    expect(denied).toBe(unknown.replaceAll('sag', 'say'))
  })

  it('a script ends unfinished', async () => {
    const of = guarded(() => false)
    const exec = async (command: string) => {
      const user = connect(of, { terminal: false, exec: command })
      await user.settled()
      return [user.output, user.connection.ended]
    }
    expect(await exec("say it's")).toEqual(await exec("sag it's"))
  })
})

describe('a reader of its own', () => {
  it('without `locate`: its words are joined by a blank, and it decides where an input ends', async () => {
    const words = new WordReader()
    const reader = () => ({ read: (line: string) => words.read(line), reset: () => words.reset() })
    expect(await answers(["say a  'b c'"], {}, shell(reader))).toContain('[a b c]\n')
    expect(await answers(["say it's", "me'"], {}, shell(reader))).toContain('[its\nme]\n')
  })

  it('whose `locate` throws is one without', async () => {
    const words = new WordReader()
    const locate = (): never => {
      throw new Error('broken')
    }
    const reader = () => ({ read: (line: string) => words.read(line), reset: () => words.reset(), locate })
    expect(await answers(["say it's", "me'", 'say a  b'], {}, shell(reader))).toMatch(/\[its\nme\]\n[^]*\[a b\]\n/)
  })
})

describe('bad input', () => {
  it.each([
    ['64 KiB', 'a '.repeat(32_000) + 'b'],
    ['blanks in the middle', `a${' '.repeat(60_000)}b`],
    ['a thousand quotes', `"'`.repeat(500)],
    ['60,000 quotes', `'"`.repeat(30_000)],
    ['60,000 backslashes', '\\'.repeat(60_000)],
  ])('%s', async (_, text) => {
    for (const client of [{}, LINE, PIPE])
      expect((await answers([`say ${text}`], client)).replaceAll(/\s/g, '')).toContain(`[${text}]`.replaceAll(' ', ''))
  })

  it('one that is too long is refused', async () => {
    const output = await answers([`say ${"'".repeat(70_000)}`, 'say b'], PIPE)
    expect(output).toMatch(/longer than 65,?536/)
    expect(output).toContain('[b]')
  })

  it('control characters are text, and the terminal does not obey them', async () => {
    const output = await answers(['say \x1b[31ma\x07\x9b1m'], LINE)
    expect(output).toMatch(/\[[^]*a[^]*\]\n/)
    expect(output.slice(output.indexOf('['))).not.toMatch(/[\x07\x9b]|\x1b\[31m/)
  })

  it('30,000 lines in a quote are looked through in linear time', async () => {
    let looked = 0
    class Counting extends WordReader {
      override locate(input: string) {
        looked += input.length
        return super.locate(input)
      }
    }
    const lines = ['tell "anna', ...Array.from({ length: 30_000 }, () => 'a'), '" it is']
    const exec = lines.join('\n')
    const user = connect(
      shell(() => new Counting()),
      { terminal: false, exec },
    )
    await user.ended
    expect(user.output).toContain('a\n false: [it is]\n')
    expect(looked).toBeLessThan(4 * 65_536)
  })
})
