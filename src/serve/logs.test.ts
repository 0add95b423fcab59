import { describe, expect, it, vi } from 'vitest'
import { READABLE_LOG } from '../cli/readable-log.ts'
import type { LogFields, Logger, LogLevel } from '../core/log.ts'
import { createShell } from '../shell/shell.ts'
import { CONSOLE_LOG } from '../platform/console-log.ts'
import { escapedLog } from './escaped-log.ts'
import { accept } from '../serve.ts'
import { telnet } from '../transport/telnet/telnet.ts'
import { House } from './sessions.suite.ts'
import { LOG_INTERVAL_MS, limitedLog, MOST_REASONS } from './limited-log.ts'

const HOSTILE = '\x1b]0;owned\x07\x1b[2J\u009b2J\u202e\r\nanswerback: warning: forged'
const HARMFUL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/

/** Returns what a log writes to standard error during a call. */
async function writtenBy(run: () => unknown): Promise<string> {
  let written = ''
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation(text => ((written += String(text)), true))
  try {
    await run()
  } finally {
    spy.mockRestore()
  }
  return written
}

/** A log that keeps its lines. */
function kept(): { log: Logger; lines: [LogFields, string][] } {
  const lines: [LogFields, string][] = []
  const line = (fields: LogFields, message: string): void => void lines.push([fields, message])
  return {
    log: { debug: line, info: line, warn: line, error: line, isLevelEnabled: level => level !== 'debug' },
    lines,
  }
}

describe.each([
  ['default', CONSOLE_LOG],
  ['readable', READABLE_LOG],
])('the %s log', (_, log) => {
  it('shows what users have typed as text, in exceptions too, and no line of it as one of its own', async () => {
    const fail = (text: string): never => {
      throw new Error(`no such thing: ${text}`, { cause: new Error(text) })
    }
    const shell = createShell({ auth: { name: name => ({ name }) } }).command('boom <text...>', 'Boom.', ({ text }) =>
      fail(text.join(' ').replaceAll('\\n', '\n') + HOSTILE),
    )
    const written = await writtenBy(async () => {
      const house = await House.open(shell, { log })
      const guest = house.guest()
      await house.type(guest, 'joe', 'boom x')
    })
    expect(written).toContain('no such thing: x\\x1b]0;owned\\x07')
    expect(written).toMatch(/\n {6}at /)
    expect(written).not.toMatch(HARMFUL)
    expect(written).not.toMatch(/^answerback: warning: forged/m)
  })

  it('shows fields, sentences and exceptions that are none as text', async () => {
    const written = await writtenBy(() => {
      log.error({ err: HOSTILE, name: HOSTILE, deep: { list: [HOSTILE] } }, `a sentence ${HOSTILE}`)
      log.warn({ err: Object.assign(new Error(HOSTILE), { path: HOSTILE, stack: HOSTILE }) }, 'x')
    })
    expect(written).not.toMatch(HARMFUL)
    expect(written).not.toMatch(/^answerback: warning: forged/m)
    expect(written.split('\n').filter(line => line !== '' && !line.startsWith(' '))).toHaveLength(2)
  })

  it('cuts what is endless', async () => {
    const endless = new Error(`${'x'.repeat(100_000)}\n`.repeat(200))
    expect((await writtenBy(() => log.error({ err: endless }, 'x'))).length).toBeLessThan(110_000)
  })
})

describe('a log that drops what logCommands asks for', () => {
  const SENTENCE = 'no command is logged: the log writes no lines of level info'

  it.each(['names', 'words'] as const)('is warned of at the start, once: the default one, %s', async logCommands => {
    const written = await writtenBy(async () => {
      const house = await House.open(createShell(), { log: undefined as never, logCommands })
      await house.type(house.guest(), 'help')
    })
    expect(written).toBe(`answerback: warning: ${SENTENCE} logCommands='${logCommands}'\n`)
  })

  it.each([
    ['writes all levels', { logCommands: 'names' }, undefined, false],
    ['writes info', { logCommands: 'names' }, () => true, false],
    ['drops info', { logCommands: 'names' }, (level: LogLevel) => level !== 'info', true],
    ['drops info, and no command is wanted', { logCommands: false }, () => false, false],
    ['drops info, by default', {}, () => false, false],
  ] as const)('%s', async (_, options, isLevelEnabled, warned) => {
    const warnings: string[] = []
    const none = (): void => {}
    const log = { debug: none, info: none, error: none, warn: (_: LogFields, text: string) => void warnings.push(text) }
    await House.open(createShell(), { log: isLevelEnabled ? { ...log, isLevelEnabled } : log, ...options })
    expect(warnings).toEqual(warned ? [SENTENCE] : [])
  })
})

it('a socket that other code accepts: the same warning', async () => {
  const written = await writtenBy(() => void accept(createShell(), telnet(), { logCommands: 'names' }))
  expect(written).toContain('warning: no command is logged')
})

describe('the log that a caller gives', () => {
  it('has all texts in fields escaped and cut, and exceptions as they are', () => {
    const { log, lines } = kept()
    const err = new Error(HOSTILE)
    const escaped = escapedLog(log)
    escaped.warn(
      { err, reason: HOSTILE, words: [HOSTILE], peer: { address: HOSTILE, port: 1 }, long: 'x'.repeat(999) },
      'x',
    )
    const [fields] = lines[0] ?? []
    expect(JSON.stringify(fields)).not.toMatch(HARMFUL)
    expect(fields).toMatchObject({ err, peer: { port: 1 }, words: [expect.stringContaining('\\x1b]0;owned')] })
    expect(fields?.['long']).toHaveLength(256)
    escaped.debug({ text: HOSTILE }, 'dropped')
    expect(['debug', 'info'].map(level => escaped.isLevelEnabled?.(level as LogLevel))).toEqual([false, true])
  })
})

describe('lines that a stranger can cause', () => {
  it('are one a second for each sentence and reason, with their number', () => {
    const { log, lines } = kept()
    let now = 0
    const limited = limitedLog(log, () => now)
    for (let i = 0; i < 3; i++) for (const reason of ['a', 'b']) limited.info({ reason, i }, 'no')
    limited.info({ reason: 'a' }, 'another')
    now += LOG_INTERVAL_MS
    limited.info({ reason: 'a', i: 9 }, 'no')
    expect(lines).toEqual([
      [{ reason: 'a', i: 0, count: 1 }, 'no'],
      [{ reason: 'b', i: 0, count: 1 }, 'no'],
      [{ reason: 'a', count: 1 }, 'another'],
      [{ reason: 'a', i: 9, count: 3 }, 'no'],
    ])
  })

  it('are few where the stranger chooses the reason, too, and cost a bounded memory', () => {
    const { log, lines } = kept()
    let now = 0
    const limited = limitedLog(log, () => now)
    for (let i = 0; i < 100_000; i++) limited.info({ reason: `${i}` }, 'no')
    expect(lines).toHaveLength(MOST_REASONS + 1)
    now += LOG_INTERVAL_MS
    limited.info({ reason: 'next' }, 'no')
    expect(lines.at(-1)).toEqual([{ reason: 'next', count: 1 }, 'no'])
  })
})
