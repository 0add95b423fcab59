import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import type { Session } from '../session/session.ts'
import { createShell } from '../shell.ts'

/** A session in which `go` asks one question, and shows its outcome. */
function asking(ask: (session: Session<undefined, undefined>) => Promise<unknown>, options?: ConnectOptions) {
  const shell = createShell().command('go', '', async (_, session) => `=> ${JSON.stringify(await ask(session))}`)
  return connect(shell, options).enter('go')
}

const SIZES = ['small', 'medium', 'large'] as const
const LINE_MODE: ConnectOptions = { terminal: { input: 'line' } }
const DUMB: ConnectOptions = { terminal: { type: 'dumb' } }
const PIPE: ConnectOptions = { terminal: false }

describe('readLine', () => {
  it('asks again until the answer is judged to be right, at once or later', async () => {
    const validate = async (name: string) => (/^\w+$/.test(name) ? undefined : 'A name is one word.')
    const user = asking(session => session.readLine('Name: ', { validate })).enter('a b')
    expect((await user.screen()).rows).toEqual(
      ['> go', 'Name: a b', 'A name is one word.', 'Name:'].map((row, i) => (i === 3 ? 'Name: ' : row)),
    )
    await user.enter('joe').settled()
    expect((await user.screen()).rows).toContain('=> "joe"')
  })

  it('takes the default for an empty line, and judges it too', async () => {
    const user = asking(session =>
      session.readLine('Port [80]: ', { default: '80', validate: port => port === '80' || 'No.' }),
    )
    expect((await user.enter('').screen()).rows).toContain('=> "80"')
  })

  it('is ended by Ctrl-C, and the command with it', async () => {
    const user = asking(session => session.readLine('Name: ', { validate: () => 'Never.' })).enter('x')
    await user.settled()
    expect((await user.press('C-c').screen()).rows).toEqual(['> go', 'Name: x', 'Never.', 'Name: ^C', '> '])
  })
})

describe('secret', () => {
  it('shows nothing, and leaves nothing in the history', async () => {
    const user = asking(session => session.secret('Code: ', { validate: code => code === '42' || 'Wrong.' })).enter(
      '41',
    )
    await user.settled()
    await user.enter('42').settled()
    expect((await user.screen()).rows).toEqual(
      ['> go', 'Code:', 'Wrong.', 'Code:', '=> "42"', '>'].map(row =>
        row === '>' ? '> ' : row.startsWith('Code') ? 'Code: ' : row,
      ),
    )
    expect(user.session.history).toEqual(['go'])
  })
})

describe('confirm', () => {
  it.each([
    ['y', true],
    ['NO', false],
    ['', true],
  ])('%s', async (line, answer) => {
    const user = asking(session => session.confirm('Sure?', { default: true })).enter(line)
    expect((await user.screen()).rows).toEqual(['> go', `Sure? [Y/n] ${line}`, `=> ${answer}`, '> '])
  })

  it('asks again for what is neither', async () => {
    const user = asking(session => session.confirm('Sure?')).enter('')
    expect((await user.screen()).rows).toEqual(['> go', 'Sure? [y/n] ', 'Please answer yes or no.', 'Sure? [y/n] '])
  })
})

describe('select, in a menu', () => {
  it('goes by the arrow keys, round the ends, and leaves what was chosen', async () => {
    const user = asking(session => session.select('Size?', SIZES))
    expect((await user.screen()).rows).toEqual(['> go', 'Size? ', '> 1) small', '  2) medium', '  3) large'])
    expect((await user.press('Down').screen()).rows.slice(2)).toEqual(['  1) small', '> 2) medium', '  3) large'])
    expect((await user.press('Up', 'Up').screen()).rows.slice(2)).toEqual(['  1) small', '  2) medium', '> 3) large'])
    expect((await user.press('Enter').screen()).rows).toEqual(['> go', 'Size? large', '=> "large"', '> '])
  })

  it.each([
    ['a number', ['2', 'Enter'], 'medium'],
    ['the end', ['End', 'Enter'], 'large'],
    ['the beginning', ['End', 'Home', 'Enter'], 'small'],
    ['no such number', ['9', 'Enter'], 'small'],
    ['other keys', ['x', 'Tab', 'C-u', 'F5', 'Enter'], 'small'],
  ])('takes %s', async (_, keys, answer) => {
    const user = asking(session => session.select('Size?', SIZES))
    for (const key of keys) user.press(key)
    expect((await user.screen()).rows).toContain(`=> "${answer}"`)
  })

  it('makes numbers of digits', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `item ${i + 1}`)
    expect(
      (
        await asking(session => session.select('Which?', many))
          .type('12\r')
          .screen()
      ).rows,
    ).toContain('=> "item 12"')
    expect(
      (
        await asking(session => session.select('Which?', many))
          .type('45\r')
          .screen()
      ).rows,
    ).toContain('=> "item 5"')
  })

  it('begins at the default, and gives values for labels', async () => {
    const colours = [
      { label: 'Red', value: 0xff0000 },
      { label: 'Green\x1b[2J', value: 0x00ff00 },
    ]
    const user = asking(session => session.select('Colour?', colours, { default: 0x00ff00 }))
    expect((await user.screen()).rows.slice(2)).toEqual(['  1) Red', '> 2) Green\\x1b[2J'])
    expect((await user.press('Enter').screen()).rows).toContain('=> 65280')
  })

  it('shows as much as the window has room for, around the choice, and follows it', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `item ${i + 1}`)
    const user = asking(session => session.select('Which?', many), { terminal: { rows: 6, columns: 20 } }).type('50')
    expect((await user.screen()).rows).toEqual([
      '> go',
      'Which? ',
      '   48) item 48',
      '   49) item 49',
      '>  50) item 50',
      '   51) item 51',
    ])
    expect((await user.resize(20, 4).press('Down').screen()).rows.slice(-3)).toEqual([
      'Which? ',
      '   50) item 50',
      '>  51) item 51',
    ])
  })

  it('stays below messages, and is left by Ctrl-C', async () => {
    const user = asking(session => session.select('Size?', ['a', 'b']))
    void user.session.writeMessage('Hello.')
    expect((await user.screen()).rows).toEqual(['> go', 'Hello.', 'Size? ', '> 1) a', '  2) b'])
    expect((await user.press('C-c').screen()).rows).toEqual(['> go', 'Hello.', 'Size? ^C', '> '])
  })
})

describe('select, where no menu can be drawn', () => {
  it.each([
    ['line by line', LINE_MODE],
    ['on a dumb terminal', DUMB],
    ['on a pipe', PIPE],
  ])('is a numbered list: %s', async (_, options) => {
    const user = asking(session => session.select('Size?', SIZES, { default: 'medium' }), options)
    await user.settled()
    await user.enter('4').settled()
    await user.enter('LARGE').settled()
    expect(user.output).toContain('1) small\n2) medium\n3) large\n')
    expect(user.output).toContain('Please choose a number from 1 to 3.\n')
    expect(user.output).toContain('=> "large"\n')
    if (options !== PIPE) expect(user.output).toContain('Size? [1-3, default 2] ')
  })

  it.each([
    ['1', 'small'],
    ['', 'medium'],
    [' 3 ', 'large'],
  ])('takes %j', async (line, answer) => {
    const user = asking(session => session.select('Size?', SIZES, { default: 'medium' }), LINE_MODE)
    await user.settled()
    await user.enter(line).settled()
    expect(user.output).toContain(`=> "${answer}"\n`)
  })

  it('ends with the input', async () => {
    const user = asking(session => session.select('Size?', SIZES), PIPE).endInput()
    await user.ended
    expect(user.output).not.toContain('=>')
  })
})

describe('a question', () => {
  it('with nothing to choose from is an error', async () => {
    const user = asking(session => session.select('Size?', []))
    expect((await user.screen()).rows).toContain('Something went wrong. It has been noted.')
  })

  it('is one at a time', async () => {
    const user = asking(async session => {
      const first = session.select('A?', ['a'])
      const second = await session.confirm('B?').catch((error: Error) => error.message)
      return [await first, second]
    })
    await user.settled()
    expect((await user.press('Enter').screen()).text).toContain('already reading a line')
  })
})

describe('a question that nobody awaits, or not yet', () => {
  const asks: Readonly<Record<string, (session: Session<any, any>) => Promise<unknown>>> = {
    readLine: session => session.readLine(),
    'readLine with a default': session => session.readLine('', { default: 'a' }),
    secret: session => session.secret('? '),
    confirm: session => session.confirm('?'),
    select: session => session.select('?', ['a', 'b']),
    page: session => session.page('row\n'.repeat(100)),
  }

  // Node ends a process for an unhandled rejection.
  it.each(Object.entries(asks))('does no harm where its user goes, before it is asked or after: %s', async (_, ask) => {
    const unhandled: unknown[] = []
    const hear = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', hear)
    const questions: Promise<unknown>[] = []
    const shell = createShell().command('go', '', (_, session) => {
      questions.push(ask(session))
      return new Promise<void>(() => {})
    })
    const user = connect(shell).enter('go').disconnect()
    questions.push(ask(user.session))
    await new Promise(resolve => setImmediate(resolve))
    process.off('unhandledRejection', hear)
    expect(unhandled).toEqual([])
    for (const question of questions) await expect(question).rejects.toThrow('The session has ended')
  })
})

describe('a question that nobody can answer, because the input of a pipe has ended', () => {
  const asks: Readonly<Record<string, [(session: Session<any, any>) => Promise<unknown>, string]>> = {
    confirm: [session => session.confirm('Sure?'), "The question 'Sure? [y/n]' could not be answered"],
    secret: [session => session.secret('PIN: '), "The question 'PIN:' could not be answered"],
    select: [session => session.select('Size?', ['a', 'b']), "The question 'Size? [1-2]' could not be answered"],
    readLine: [session => session.readLine('Name? '), "The question 'Name?' could not be answered"],
    'readLine with a default': [
      session => session.readLine('\x1b[1mName?\x1b[m ', { default: 'a' }),
      "The question 'Name?' could not be answered",
    ],
    'readLine without a prompt': [session => session.readLine(), 'A line could not be read'],
  }

  it.each(Object.entries(asks))('is named on the standard error, with status 1: %s', async (name, [ask, sentence]) => {
    const shell = createShell().command('ask', '', async (_, session) => void (await ask(session)))
    const user = connect(shell, { terminal: false, exec: 'ask' }).endInput()
    await user.ended
    const list = name === 'select' ? '1) a\n2) b\n' : ''
    expect(user.connection.errors).toBe(`${list}${sentence}, because the input has ended.\n`)
    expect(user.output).toBe(user.connection.errors)
    expect(user.connection.ended?.status).toBe(1)
  })

  it('is named where a hook asks it, and the session goes on', async () => {
    const shell = createShell()
      .command('go', '', () => 'gone')
      .onStart(session => session.confirm('Sure?'))
    const user = connect(shell, { terminal: false, exec: 'go' }).endInput()
    await user.ended
    expect(user.connection.errors).toBe(
      "The question 'Sure? [y/n]' could not be answered, because the input has ended.\n",
    )
    expect(user.connection.ended?.status).toBe(0)
  })

  it('is named where it is the login', async () => {
    const user = connect(createShell({ auth: { name: name => ({ name }) } }), { terminal: false }).endInput()
    await user.ended
    expect(user.connection.errors).toBe(
      "The question 'Username:' could not be answered, because the input has ended.\n",
    )
    expect(user.connection.ended?.status).toBe(1)
  })

  it('is the handler’s to deal with, where it wants to; Ctrl-D at a terminal says nothing', async () => {
    const shell = createShell()
      .command('own', '', (_, session) => session.confirm('Sure?').catch(() => 'nobody there'))
      .command('ask', '', async (_, session) => void (await session.confirm('Sure?')))
    const user = connect(shell, { terminal: false, exec: 'own' }).endInput()
    await user.ended
    expect([user.output, user.connection.ended?.status]).toEqual(['nobody there\n', 0])
    const sitting = connect(shell).enter('ask')
    await sitting.expect('Sure?')
    sitting.press('C-d')
    await sitting.settled()
    expect(sitting.output).toBe('> ask\nSure? [y/n] \n> ')
  })

  it('is written nowhere on a pipe that answers it, and a list on the standard error', async () => {
    const shell = createShell().command('ask', '', async (_, session) => session.select('Size?', ['a', 'b']))
    const user = connect(shell, { terminal: false, exec: 'ask' }).type('2\n')
    await user.ended
    expect(user.connection.errors).toBe('1) a\n2) b\n')
    expect(user.output).toBe('1) a\n2) b\nb\n')
  })
})
