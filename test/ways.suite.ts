import { SILENT } from '../src/core/log.ts'
import { createShell, fail, safe } from '../src/index.ts'
import type { Session, ShellOptions } from '../src/index.ts'
import { escapedLog } from '../src/serve/escaped-log.ts'
import { Events } from '../src/serve/events.ts'
import { House } from '../src/serve/sessions.suite.ts'
import { connect, ManualClock } from '../src/testing/index.ts'
import type { ConnectOptions, TestClient } from '../src/testing/index.ts'

/** Sends a foreign text on one of the ways to write, and returns all that has reached the peer. */
type Way = (text: string) => Promise<string>

/** The ways of the table in docs/SECURITY.md, by their names there. */
export const WAYS: Readonly<Record<string, Way | readonly Way[]>> = {
  'returned text': [
    text => answer(() => text),
    text => answer(async () => text),
    text => run(connect(createShell({ reader: broken }).onError(() => text)), 'x'),
  ],
  'pieces of a stream': text =>
    answer(function* () {
      yield text
    }),
  '`write`': text => act(session => session.write(text)),
  '`writeLine`': text => act(session => session.writeLine(text)),
  '`writeResponse`': text => act(session => session.writeResponse(text)),
  '`writeError`': text => act(session => session.writeError(text)),
  '`page`': [text => act(session => session.page(text)), text => act(session => session.page(text), PIPE)],
  'what voices return': text => act(session => session.writeResponse('a'), {}, { voices: { response: () => text } }),
  '`welcome`': text => greeting({ welcome: text }),
  '`banner`': text => greeting({ banner: text }),
  'what is put into `safe`': [
    text => act(session => session.writeLine(safe`\x1b[1m${text}\x1b[22m`)),
    text => answer(() => safe`\x1b[1m${text}${[text]}`),
    text => act(session => session.writeMessage(safe`a${text}`)),
  ],
  'titles and links by `safe`': [
    text => act(session => session.write(safe`\x1b]0;${text}\x07`)),
    text => act(session => session.write(safe`\x1b]8;;https://example.com/${text}\x1b\\here\x1b]8;;\x1b\\`)),
  ],
  '`writeMessage`': [
    text => act(session => session.writeMessage(text)),
    text => act(session => session.writeMessage(text), LINE),
  ],
  '`fail`': text =>
    act(() => {
      throw fail(text)
    }),
  'sentences of `validate`': text => act(session => session.readLine('', { validate: () => text }), {}, {}, '\r'),
  'other exceptions': text =>
    act(() => {
      throw new Error(text)
    }),
  'values as lists and tables': [
    text => answer(() => [text]),
    text => answer(() => ({ a: text, b: [{ c: text }] })),
    text => answer(() => ({ [text]: 1 })),
    text => answer(() => [{ a: text }, { a: 'b' }]),
    text => answer(() => [{ [text]: 1 }]),
    text => answer(() => new Map([[text, new Error(text)]])),
    text =>
      answer(() => ({
        toString: () => text,
        get a(): never {
          throw new Error(text)
        },
      })),
  ],
  'values as JSON': [text => answer(() => [text], PIPE), text => answer(() => ({ [text]: { [text]: [text] } }), PIPE)],
  prompts: [
    text => greeting({ prompt: text }),
    text => greeting({ prompt: () => text }),
    text => greeting({ prompt: text }, DUMB),
    text => greeting({ prompt: text }, LINE),
  ],
  questions: [
    text => act(session => session.readLine(text)),
    text => act(session => session.secret(text)),
    text => act(session => session.confirm(text)),
    text => act(session => session.select(text, ['a', 'b'])),
    text => act(session => session.select(text, ['a', 'b']), LINE),
    text => act(session => session.confirm(text), LINE),
  ],
  'questions that cannot be answered': text => {
    const shell = createShell().command('x', '', async (_, session) => void (await session.readLine(text)))
    return outputOf(connect(shell, PIPE).endInput())
  },
  'choices of `select`': [
    text => act(session => session.select('?', [text, 'b'])),
    text => act(session => session.select('?', [{ label: text, value: 1 }]), {}, {}, '\r'),
    text => act(session => session.select('?', [text, 'b']), LINE),
  ],
  'labels and texts of `progress` and `spinner`': [
    text =>
      act(session =>
        session.progress(text, bar => {
          bar.update(0.5)
          return pause()
        }),
      ),
    text =>
      act(
        session =>
          session.progress('a', bar => {
            bar.update(0.5, text)
            return pause()
          }),
        {},
        {},
        '',
        200,
      ),
    text => act(session => session.spinner(text, pause)),
    text =>
      act(
        session =>
          session.spinner('a', spinner => {
            spinner.update(text)
            return pause()
          }),
        {},
        {},
        '',
        200,
      ),
    text => act(session => session.progress(text, bar => bar.update(0.5)), PIPE),
    text => act(session => session.spinner(text, () => {}), LINE),
  ],
  'unknown commands': text => typed([text]),
  'words that do not fit': [
    text => typed(['count', text]),
    text => typed(['low', text]),
    text => typed(['count', '1', text]),
  ],
  'sentences of validators (`args`)': text => {
    const args = {
      a: { '~standard': { version: 1, vendor: 'x', validate: () => ({ issues: [{ message: text }] }) } },
    } as const
    return run(connect(createShell().command('x <a>', { args }, () => {})), 'x 1')
  },
  'candidates and their descriptions': [
    text => completed([`x${text}`, 'xy'], 'Tab', 'Tab'),
    text => completed([{ text: 'xa', description: text }, 'xb'], 'Tab', 'Tab'),
  ],
  'the line that is typed': [
    text => recalled(text),
    text => recalled(text, DUMB),
    text => completed([`x${text}`], 'Tab'),
    text => completed([`x${text}`, 'xy'], 'M-*'),
  ],
  'hints and suggestions': [text => keyed({ hint: () => text }), text => keyed({ suggest: line => line + text })],
  'the `history` command': text => {
    const user = connect(createShell())
    user.session.history.push(text)
    return run(user, 'history')
  },
  help: text => run(connect(createShell().command('x', { summary: text, help: text }, () => {})), 'help x'),
  'names at login': async text => {
    const clock = new ManualClock()
    const shell = createShell({ auth: { name: () => true } })
    const login = shell
      .authenticator({ clock, scheduler: clock, log: SILENT })
      .login({ transport: 'memory', secure: true })
    const attempt = login.attempt({ method: 'name', name: text })
    await clock.advance(10_000)
    return (await attempt).type === 'accepted' ? text : ''
  },
  '`server.close({ message })`': async text => {
    const house = await House.open(createShell())
    const guest = house.guest()
    await house.server.close({ message: text })
    return guest.output
  },
  'log lines': text => reported(text, log => log),
  events: text => reported(text, (_, published) => published),
}

const PIPE: ConnectOptions = { terminal: false, exec: 'x' }
const LINE: ConnectOptions = { terminal: { input: 'line' } }
const DUMB: ConnectOptions = { terminal: { type: 'dumb' } }

const pause = (): Promise<void> => new Promise(() => {})

async function outputOf(user: TestClient): Promise<string> {
  await user.settled()
  await user.settled()
  return user.connection.output
}

function run(user: TestClient, line: string): Promise<string> {
  return outputOf(user.enter(line))
}

function greeting(options: ShellOptions<'open', undefined>, client: ConnectOptions = {}): Promise<string> {
  return outputOf(connect(createShell(options), client))
}

async function act(
  handler: (session: Session) => unknown,
  client: ConnectOptions = {},
  options: ShellOptions<'open', undefined> = {},
  more = '',
  ms = 0,
): Promise<string> {
  const shell = createShell(options).command('x', '', async (_, session) => void (await handler(session as Session)))
  const user = connect(shell, client)
  if (client.exec === undefined) user.enter('x')
  await user.clock.advance(ms)
  return outputOf(user.type(more))
}

async function answer(handler: () => any, client: ConnectOptions = {}): Promise<string> {
  const user = connect(createShell().command('x', '', handler), client)
  return client.exec === undefined ? run(user, 'x') : outputOf(user)
}

/** A reader that has thrown. */
function broken(): never {
  throw new Error('no reader')
}

/**
 * What is typed in a client that has its own line, in quotes: so that it is one word, whatever is
 * in it.
 */
function typed(words: readonly string[]): Promise<string> {
  const shell = createShell({ reader: () => ({ read: () => [...words], continuing: false }) as any })
    .command('count <n:integer>', '', () => {})
    .command('low <n:low|high>', '', () => {})
  return run(connect(shell, LINE), 'x')
}

async function completed(
  offer: readonly (string | { text: string; description: string })[],
  ...keys: string[]
): Promise<string> {
  const shell = createShell().command('pick <a>', { complete: { a: offer } }, () => {})
  const user = connect(shell).type('pick x')
  await user.settled()
  return outputOf(user.press(...keys))
}

async function recalled(text: string, client: ConnectOptions = {}): Promise<string> {
  const shell = createShell().command('x', '', (_, session) => void session.history.push(text))
  const user = connect(shell, client).enter('x')
  await user.settled()
  return outputOf(user.press('Up'))
}

function keyed(options: ShellOptions<'open', undefined>): Promise<string> {
  return outputOf(connect(createShell(options)).type('x'))
}

/** The texts of one event, as the log has them, and as those who listen. */
async function reported(text: string, which: (log: string, published: string) => string): Promise<string> {
  const lines: unknown[] = []
  const published: unknown[] = []
  const log = escapedLog({
    ...SILENT,
    info: (fields: object) => void lines.push(...Object.values(fields)),
    isLevelEnabled: () => true,
  })
  const channel = { hasSubscribers: true, publish: (event: object) => void published.push(...Object.values(event)) }
  const events = new Events(new ManualClock(), log, 'words', () => channel)
  const peer = { transport: 'memory', secure: true }
  events.report({ type: 'command', session: '1', name: text, command: text, words: [text], status: 0, duration: 0 })
  events.report({ type: 'login-failure', peer, name: text, method: 'password', final: true })
  return which(textsIn(lines), textsIn(published))
}

function textsIn(values: readonly unknown[]): string {
  return values
    .flat()
    .filter(value => typeof value === 'string')
    .join('')
}
