import { setImmediate as turn } from 'node:timers/promises'
import type { Terminal } from '../src/core/connection.ts'
import { createShell } from '../src/index.ts'
import type { Shell } from '../src/shell/shell.ts'
import { connect, ManualClock } from '../src/testing/index.ts'
import type { MemoryConnectionOptions, TestClient } from '../src/testing/index.ts'

/**
 * A whole session, driven by bytes: the first chooses who connects, each further one what the peer
 * does next. It must throw nothing, log no fault, keep few timers, end once its peer is gone, and
 * leave no timer behind.
 */
export async function runSession(input: Uint8Array): Promise<void> {
  const faults: unknown[] = []
  const note = (fields: unknown, text?: string): void => void faults.push(text ?? fields)
  const log = { trace() {}, debug() {}, info() {}, warn: note, error: note, fatal: note }
  const clock = new ManualClock()
  const guest = PEERS[(input[0] ?? 0) % PEERS.length] as Peer
  let ends = 0
  const shell = guest.login === true ? guarded() : open()
  const user = connect(
    shell.onEnd(() => {
      ends += 1
    }),
    { ...guest.options, clock, log },
  )
  await drive(user, clock, input)
  user.connection.flow()
  user.disconnect()
  await clock.advance(HOUR)
  await user.ended
  check(ends <= 1, `onEnd ran ${ends} times`)
  check(clock.pending === 0, `${clock.pending} timers are left`)
  check(faults.length === 0, `faults were logged: ${JSON.stringify(faults)}`)
}

async function drive(user: TestClient, clock: ManualClock, input: Uint8Array): Promise<void> {
  let at = 1
  while (at < input.length) {
    const act = ACTS[(input[at] ?? 0) % ACTS.length] as Act
    const argument = input.subarray(at + 1, at + 2 + ((input[at] ?? 0) >> 3))
    at += 1 + (await act(user, argument, clock))
    check(clock.pending <= MOST_TIMERS, `${clock.pending} timers are set`)
  }
  await turn()
}

interface Peer {
  readonly options: MemoryConnectionOptions
  readonly login?: boolean
}

const PEERS: readonly Peer[] = [
  { options: {} },
  { options: { terminal: { input: 'line', type: '' } } },
  { options: { terminal: false } },
  { options: { terminal: false, exec: 'ask; echo "a b"' } },
  { options: { exec: 'ask' } },
  { options: {}, login: true },
  { options: { terminal: false }, login: true },
  { options: { terminal: { columns: 3, rows: 2 } } },
]

/** What a peer can do; each answers how many bytes of its argument it has used. */
type Act = (user: TestClient, argument: Uint8Array, clock: ManualClock) => number | Promise<number>

const ACTS: readonly Act[] = [
  type,
  type,
  type,
  (user, argument) => {
    const line = LINES[(argument[0] ?? 0) % LINES.length] as string
    user.type(line)
    return 1
  },
  (user, argument) => {
    const event = EVENTS[(argument[0] ?? 0) % EVENTS.length] as (typeof EVENTS)[number]
    user.connection.event(event)
    return 1
  },
  (user, argument) => {
    if (user.connection.terminal !== undefined) user.connection.change(terminalOf(argument))
    return 3
  },
  async (_, argument, clock) => {
    await clock.advance((argument[0] ?? 0) ** 2)
    return 1
  },
  async (user, argument) => {
    if ((argument[0] ?? 0) % 2 === 0) user.connection.stall()
    else user.connection.flow()
    await turn()
    return 1
  },
]

function type(user: TestClient, argument: Uint8Array): number {
  user.type(Buffer.from(argument).toString())
  return argument.length
}

const LINES = [
  'ask\r',
  'pick\r\x1b[B\r',
  'pages\r',
  'count\r',
  'deaf\r',
  'work\r',
  'later\r',
  'echo "a\rb"\r',
  'help\r',
  'exit\r',
  '\x03',
  '\x04',
  'nina\rsecret\r',
  '\t\t',
] as const

const EVENTS = [
  { type: 'interrupt' },
  { type: 'break' },
  { type: 'signal', name: 'TERM' },
  { type: 'signal', name: 'USR1' },
  { type: 'are-you-there' },
  { type: 'end-of-input' },
  { type: 'bytes', bytes: Uint8Array.of(0, 255) },
] as const

function terminalOf([size = 0, mode = 0, name = 0]: Uint8Array): Partial<Terminal> {
  const types = ['xterm', 'vt100', 'dumb', '', 'screen-256color']
  return {
    columns: size % 7 === 0 ? 1 : size,
    rows: size % 11,
    input: mode % 3 === 0 ? 'line' : 'character',
    screenReader: mode % 5 === 0,
    type: types[name % types.length] as string,
  }
}

function open(): Shell<any, any> {
  return withCommands(createShell())
}

function guarded(): Shell<any, any> {
  const password = (name: string, given: string): { name: string } | null => (given === 'secret' ? { name } : null)
  return withCommands(createShell({ auth: { password, maxTries: 3 } }))
}

function withCommands(shell: Shell<any, any>): Shell<any, any> {
  return shell
    .command('echo <text...>', 'Repeat.', ({ text }) => text.join(' '))
    .command('ask', 'Ask three things.', async (_, session) => {
      const name = await session.readLine('Name? ', { default: 'x' })
      const word = await session.secret('Word? ')
      return `${name} ${word.length} ${await session.confirm('Sure?', { default: true })}`
    })
    .command('pick', 'Choose.', (_, session) => session.select('Which?', ['one', 'two', 'three']))
    .command('pages', 'Show a long text.', (_, session) => session.page('line\n'.repeat(200)))
    .command('count', 'Count until Ctrl-C.', async function* (_, session, { signal }) {
      for (let n = 0; !signal.aborted && n < 1000; n++) {
        yield `${n}\n`
        await turn()
      }
    })
    .command('deaf', 'Write on, whatever is said.', async (_, session) => {
      for (let n = 0; n < 50; n++) await session.writeLine(`${n}`)
    })
    .command('work', 'Show progress.', (_, session) =>
      session.progress('Work', async bar => {
        for (let n = 0; n < 5; n++) {
          bar.update(n / 5)
          await turn()
        }
      }),
    )
    .command('later', 'Tell later.', (_, session) => {
      session.after(50, () => session.writeMessage('now\x1b[2J'))
    })
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

const MOST_TIMERS = 64
const HOUR = 3_600_000
