import { expect, it } from 'vitest'
import type { Screenshot } from '../src/testing/screen.ts'
import type { Driver } from './drivers/driver.ts'

const FAMILY = '👩‍👩‍👧'
const CTRL = { a: '\x01', b: '\x02', c: '\x03', e: '\x05', k: '\x0b', u: '\x15', w: '\x17', y: '\x19' } as const
const UP = '\x1b[A'
const LEFT = '\x1b[D'
const BACKSPACE = '\x7f'

/**
 * One user's session in the demo, the same over every connection, with the same screens: typing, editing, a message in mid-line, wide characters, wrapping, resizing, interrupting, a secret,
 * leaving. The contract of `Connection` is what all of it stands on.
 */
export function oneScript(name: string, start: () => Promise<Driver>): void {
  it(`runs the one script over ${name}: S1, S3, S6, S8, S9.2, S10, S13`, async () => {
    const user = await start()
    try {
      await script(user)
    } finally {
      await user.stop()
    }
  }, 30_000)
}

async function script(user: Driver): Promise<void> {
  await sees(user, ['Username:'], 'Username: ')
  user.type('joe\r')
  const greeting = [
    'Username: joe',
    'You have connected to the test server.',
    `This server is running ${user.transport}.`,
    'Hello joe!',
    'You are connection #1, you have logged in 1 time(s).',
  ]
  await sees(user, [...greeting, 'TestServer>'], 'TestServer> ')

  user.type('echo 1  "2    3"\r')
  const echoed = [...greeting, 'TestServer> echo 1  "2    3"', '1 2    3']
  await sees(user, [...echoed, 'TestServer>'], 'TestServer> ')

  user.type('params 1 \\\r2 "3\r4"  "5\\\r6"\r')
  const continued = [
    ...echoed,
    'TestServer> params 1 \\',
    '... 2 "3',
    '... 4"  "5\\',
    '... 6"',
    '["1","2","3\\n4","56"]',
  ]
  await sees(user, [...continued, 'TestServer>'], 'TestServer> ')

  // Recall, and edit in mid-line.
  user.type(UP + UP + CTRL.a + `${LEFT}repeat ${CTRL.k}up and down${LEFT.repeat(4)}${CTRL.w}`)
  await sees(user, [...continued, 'TestServer> repeat up down'], 'TestServer> repeat up ')
  user.type(`${CTRL.y}\r`)
  const recalled = [...continued, 'TestServer> repeat up and down', 'up and down']
  await sees(user, [...recalled, 'TestServer>'], 'TestServer> ')

  // A message comes while somebody is typing, with the cursor in the middle of what they have typed.
  user.type('timer 0.3 "the kettle boils"\r')
  user.type(`half é日本${FAMILY} typed${LEFT.repeat(7)}`)
  const boiled = [...recalled, 'TestServer> timer 0.3 "the kettle boils"', 'Waiting 0.3 seconds...', 'the kettle boils']
  await sees(user, [...boiled, `TestServer> half é日本${FAMILY} typed`], 'TestServer> half é日本')

  // What was typed is erased by whole characters; Ctrl-C drops the rest.
  user.type(BACKSPACE.repeat(3))
  await sees(user, [...boiled, `TestServer> half ${FAMILY} typed`], 'TestServer> half ')
  user.type(CTRL.c)
  const dropped = [...boiled, `TestServer> half ${FAMILY} typed^C`]
  await sees(user, [...dropped, 'TestServer>'], 'TestServer> ')

  // A line that wraps, at one width and at another.
  const long = 'abcdefghij'.repeat(8)
  user.type(`echo ${long}${CTRL.a}`)
  await sees(user, [...dropped, ...wrapped(`TestServer> echo ${long}`, 80)], 'TestServer> ')
  user.resize(60, 24)
  await sees(user, [...dropped, ...wrapped(`TestServer> echo ${long}`, 60)].slice(-23), 'TestServer> ')
  user.type(`${CTRL.e}!`)
  await endsWith(user, [...wrapped(`TestServer> echo ${long}!`, 60)])
  user.resize(80, 24)
  user.type(`${CTRL.u}info\r`)
  await endsWith(user, [`  "timer 0.3 \\"the kettle boils\\""`, '  "info"', 'TestServer>'])

  // Ctrl-C in a question ends the command; a secret does not show.
  user.type('passwd\rsecret')
  await endsWith(user, ['TestServer> passwd', 'New Password:'])
  user.type(CTRL.c)
  await endsWith(user, ['New Password: ^C', 'TestServer>'])
  user.type('passwd\rhunter2\rhunter2\r')
  await endsWith(user, [
    'New Password:',
    'Retype New Password:',
    'Pretending to set a new password for joe.',
    'TestServer>',
  ])

  user.type('exit\r')
  await endsWith(user, ['TestServer> exit', 'Goodbye'])
  await user.closed
}

/** The whole screen is as given, and the cursor stands right behind `before` in its last row, or in the row that begins so. */
async function sees(user: Driver, rows: readonly string[], before: string): Promise<void> {
  const shot = await user.until(
    screen => sameRows(screen.rows, rows) && cursorBehind(screen, before),
    rows.at(-1) ?? '',
  )
  expect(trimmed(shot.rows)).toEqual(rows)
}

async function endsWith(user: Driver, rows: readonly string[]): Promise<void> {
  const shot = await user.until(screen => sameRows(screen.rows.slice(-rows.length), rows), rows.join(' / '))
  expect(trimmed(shot.rows).slice(-rows.length)).toEqual(rows)
}

function sameRows(shown: readonly string[], expected: readonly string[]): boolean {
  return trimmed(shown).join('\n') === expected.join('\n')
}

/** Blanks at the end of a row do not show. */
function trimmed(rows: readonly string[]): string[] {
  return rows.map(row => row.trimEnd())
}

function cursorBehind({ rows, cursor }: Screenshot, before: string): boolean {
  const row = rows.findLastIndex(each => `${each} `.startsWith(before))
  return cursor.row === row && cursor.column === columnsOf(before)
}

function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[日本👩👧]/u.test(character) ? 2 : character === '\u200d' ? 0 : 1),
    0,
  )
}

function wrapped(text: string, columns: number): string[] {
  return text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
}
