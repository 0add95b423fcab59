import { describe, expect, it } from 'vitest'
import { Failure } from '../../core/options/failure.ts'
import { connect } from '../../testing/index.ts'
import type { ShellOptions } from '../settings/options.ts'
import { createShell } from '../shell.ts'
import { WordReader } from '../words/reader.ts'

/** Throws the given error while `on`. */
class Thrower extends WordReader {
  override read(line: string): string[] | undefined {
    if (line.startsWith('bad')) throw error()
    return super.read(line)
  }
}

let error: () => Error = () => new Error('out of order')
const FAULTS: Readonly<Record<string, () => Error>> = {
  'an exception': () => new Error('out of order'),
  'a failure': () => new Failure('No such words.', { status: 3 }),
}
const SENTENCES: Readonly<Record<string, string>> = {
  'an exception': 'Something went wrong. It has been noted.',
  'a failure': 'No such words.',
}

/** Functions that a shell's program supplies, made to throw; the session goes on with each. */
const SUPPLIED: Readonly<Record<string, ShellOptions<'open', undefined>>> = {
  reader: { reader: () => new Thrower() },
  prompt: {
    prompt: () => {
      throw error()
    },
  },
}

describe.each(Object.keys(FAULTS))('%s of a function that the shell was given', kind => {
  it.each(Object.entries(SUPPLIED))('is told in a sentence, and the session goes on: %s', async (name, options) => {
    error = FAULTS[kind] as () => Error
    const shell = createShell(options).command('echo <text>', 'Echo.', ({ text }) => text)
    const user = connect(shell)
    if (name === 'reader') user.enter('bad line')
    await user.settled()
    expect(user.output).toContain(SENTENCES[kind])
    await user.enter('echo on').settled()
    const { rows } = await user.screen()
    expect(rows).toContain('on')
    expect(rows.at(-1)).toBe('> ')
    expect(user.connection.ended).toBeUndefined()
  })
})

it('a reader that throws drops what came with the line, and ends an exec with the status', async () => {
  error = FAULTS['a failure'] as () => Error
  const shell = createShell({ reader: () => new Thrower() }).command('echo <text>', 'Echo.', ({ text }) => text)
  const program = connect(shell, { terminal: false, exec: 'bad\necho on' })
  await program.ended
  expect(program.connection.errors).toBe('No such words.\n')
  expect(program.connection.ended).toMatchObject({ status: 3 })
})

it('a reader that throws in everything it can does not take the session', async () => {
  const broken = (): never => {
    throw new Error('broken')
  }
  const shell = createShell({ reader: () => ({ read: broken, reset: broken, lacks: broken }) })
  const user = connect(shell).enter('a').press('C-c').enter('b')
  await user.settled()
  expect(user.connection.ended).toBeUndefined()
  expect((await user.screen()).rows.at(-1)).toBe('> ')
})

it('a reader that cannot say what an unfinished input lacks has it told all the same', async () => {
  const broken = (): never => {
    throw new Error('broken')
  }
  const shell = createShell({ reader: () => ({ read: () => undefined, reset: broken, lacks: broken }) })
  const program = connect(shell, { terminal: false, exec: 'a' })
  await program.ended
  expect(program.connection.errors).toBe('The input is unfinished.\n')
  expect(program.connection.ended).toMatchObject({ status: 2 })
})
