import { describe, expect, it } from 'vitest'
import { connect } from '../../testing/index.ts'
import type { TestClient } from '../../testing/index.ts'
import type { Session } from '../session/session.ts'
import { createShell } from '../shell.ts'
import type { LineOptions } from '../settings/line-options.ts'

const shellWith = (options: LineOptions<undefined> = {}) =>
  createShell({
    prompt: '\x1b[1;32mR1\x1b[m\nshell> ',
    highlight: line => [{ start: 0, end: Math.min(4, line.length), style: '2;38;5;1' }],
    suggest: true,
    hint: true,
    ...options,
  })
    .command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
    .command('wait <seconds:integer>', 'Wait.', ({ seconds }) => `${seconds}`)
    .command('pick', 'Choose.', (_, session) => session.select('Which?', ['one', 'two', 'three']))
    .command('long', 'Page.', (_, session) => session.page('line\n'.repeat(60)))
    .command('work', 'Work.', (_, session) =>
      session.progress('Working', async bar => {
        bar.update(0.5)
        await session.readLine('Go on? ')
      }),
    )

/** Makes the library write all the sequences that it draws with, and returns the output. */
async function use(user: TestClient<Session>): Promise<string> {
  const steps: (() => unknown)[] = [
    () => user.enter('echo one two three'),
    () => user.type('echo').press('Left', 'Left').type('日本👩‍👩‍👧').press('C-a', 'C-k', 'C-y', 'Left', 'C-l', 'C-c'),
    () =>
      user
        .type(`echo ${'long '.repeat(60)}`)
        .press('C-a')
        .type('x')
        .press('C-e', 'M-Backspace', 'Enter'),
    () => user.press('C-r').type('one').press('C-r', 'C-g', 'Up', 'Up', 'Down', 'C-u'),
    () => user.press('M-?').type('wa').press('Tab').type('nonsense').press('Enter'),
    () => user.enter('pick').press('Down', 'Enter'),
    () => user.enter('long').type(' q'),
    () => user.enter('work').type('yes').press('Enter'),
    () => user.type('half'),
    () => user.session.writeMessage('The kettle boils.'),
    () => user.resize(60, 20),
    () => user.resize(120, 40).press('C-c'),
    () => user.enter('wait long').enter('nope'),
  ]
  for (const step of steps) {
    step()
    await user.settled()
  }
  return user.connection.output
}

/** Returns all that begins with an escape, and 8-bit controls. */
function escapesIn(output: string): string[] {
  return [...new Set(output.match(/\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^[]|[\x80-\x9f]/g) ?? [])]
}

/** Cursor movement and erasure, by terminfo and the manuals of DEC. */
const MOVES = String.raw`\d*[ABCDK]|H|2?J`
const HAS: Readonly<Record<string, RegExp>> = {
  ansi: new RegExp(`^\\x1b\\[(?:${MOVES}|(?:[014578]|[34][0-7])?(?:;(?:[014578]|[34][0-7]))*m)$`),
  vt100: new RegExp(`^\\x1b\\[(?:${MOVES}|[01457]?(?:;[01457])*m)$`),
  dumb: /^(?!)/,
}

describe('a terminal is written no escape that its type does not have', () => {
  it.each([
    ['vt100', 'vt100'],
    ['vt102', 'vt100'],
    ['vt220', 'vt100'],
    ['ansi', 'ansi'],
    ['dumb', 'dumb'],
    ['', 'dumb'],
  ])('%j', async (type, model) => {
    const escapes = escapesIn(await use(connect(shellWith(), { terminal: { type } })))
    expect(escapes.filter(escape => !HAS[model]!.test(escape))).toEqual([])
    expect(escapes.length > 0).toBe(model !== 'dumb')
  })
})

describe('what is pasted', () => {
  const marks = async (type: string, options: LineOptions<undefined>) =>
    escapesIn(await use(connect(shellWith(options), { terminal: { type } }))).filter(escape => escape.includes('2004'))

  it('is marked by an xterm, unless the shell does not want it', async () => {
    expect(await marks('xterm', {})).toEqual(['\x1b[?2004h', '\x1b[?2004l'])
    expect(await marks('xterm', { paste: false })).toEqual([])
    expect(await marks('vt220', { paste: 'run' })).toEqual([])
  })

  it('is understood where a terminal marks it unasked', async () => {
    const user = connect(shellWith({ paste: false })).type('\x1b[200~echo 1\necho 2\x1b[201~')
    await user.settled()
    expect(user.output).not.toContain('\n1\n')
    await user.press('Enter').expect('\n1\n')
  })
})

it('a long command is echoed as it was typed, and nothing else, on a terminal that is wide enough', async () => {
  const user = connect(
    createShell({ prompt: 'R1#' }).command('echo <text...>', 'Echo.', () => 'ok'),
    {
      terminal: { type: 'vt100', columns: 511, rows: 1000 },
    },
  )
  const line = `echo ${'x'.repeat(400)}`
  for (const piece of [line, '\r']) user.type(piece)
  await user.settled()
  expect(user.connection.output).toBe(`R1#${line}\nok\nR1#`)
})
