import { describe, expect, it } from 'vitest'
import { fail } from '../../core/options/failure.ts'
import { safe } from '../../core/text/safe-text.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import { connect } from '../../testing/index.ts'
import { createShell } from '../shell.ts'

const NAME = 'bob\x1b[2J\nroot'
const TEXT = safe`\x1b[1m${NAME}\x1b[22m`
const SHOWN = '\x1b[1mbob[2J\n  root\x1b[22m'

const shell = createShell()
  .command('say', 'Answer it.', () => TEXT)
  .command('say later', 'Answer it later.', async () => TEXT)
  .command('stream', 'Answer it in pieces.', function* () {
    yield TEXT
    yield '.\n'
  })
  .command('fail', 'Fail with it.', () => {
    throw fail(TEXT)
  })
  .command('line', 'Write it.', (_, session) => session.writeLine(TEXT))
  .command('write', 'Write it.', (_, session) => session.write(TEXT))
  .command('error', 'Write it.', (_, session) => session.writeError(TEXT))
  .command('page', 'Page it.', (_, session) => session.page(TEXT))
  .command('message', 'Send it.', (_, session) => session.writeMessage(TEXT))
  .command('judge', 'Judge by it.', (_, session) =>
    session.readLine('? ', { validate: line => (line === '' ? TEXT : true) }).then(() => undefined),
  )
  .command('table', 'Show it in a table.', () => [{ name: TEXT }, { name: 'a' }])

describe('a safe text', () => {
  it.each(['say', 'say later', 'stream', 'fail', 'line', 'write', 'error', 'page', 'message', 'judge'])(
    'is written as it is by `%s`',
    async command => {
      const user = connect(shell).enter(command).enter('')
      await user.settled()
      expect(user.output).toContain(SHOWN)
    },
  )

  it.each<[string, (text: SafeText) => Parameters<typeof createShell>[0]]>([
    ['the prompt', text => ({ prompt: text })],
    ['a prompt that is made each time', text => ({ prompt: () => text })],
    ['the welcome', text => ({ welcome: text })],
    ['the banner', text => ({ banner: text })],
  ])('is taken as %s', async (_, optionsOf) => {
    const user = connect(createShell(optionsOf(safe`\x1b[1m${'[bob\x1b[2J]'}`)))
    await user.settled()
    expect(user.output).toContain('\x1b[1m[bob[2J]')
  })

  it.each(['readLine', 'secret', 'confirm', 'select'] as const)('is taken as the question of %s', async method => {
    const question = safe`\x1b[1m${'bob\x1b[2J'}`
    const asking = createShell().command('ask', 'Ask.', async (_, session) => {
      if (method === 'readLine') await session.readLine(question)
      else if (method === 'select') await session.select(question, ['a', 'b'])
      else await session[method](question)
    })
    const user = connect(asking).enter('ask')
    await user.settled()
    expect(user.output).toContain('\x1b[1mbob[2J')
  })

  it('is plain in a table, in its columns, and as JSON', async () => {
    const user = connect(shell).enter('table')
    await user.settled()
    expect(user.output).toContain('bob[2J\\n  root\na\n')
    const program = connect(shell, { terminal: false, exec: 'table' })
    await program.ended
    expect(program.output).toBe('[{"name":"bob[2J\\n  root"},{"name":"a"}]\n')
    const asked = connect(shell, { terminal: false, exec: 'say --json' })
    await asked.ended
    expect(asked.output).toBe('"bob[2J\\n  root"\n')
  })

  it('becomes a string with all that it is joined to, and is foreign then', async () => {
    const user = connect(createShell({ voices: { message: text => `* ${text}` } }))
    await user.session.writeMessage([safe`\x1b[1m${'bob'}`, ': hi'].join(''))
    expect(user.output).toContain('* [1mbob: hi')
    await user.session.writeMessage(safe`\x1b[1m${'bob'}`)
    expect(user.output).toContain('* \x1b[1mbob')
  })

  it('is not what only looks like one', async () => {
    const user = connect(createShell())
    await user.session.writeMessage({ toString: () => 'hi\x1b[2J' } as unknown as string)
    expect(user.output).toContain('hi[2J')
  })
})
