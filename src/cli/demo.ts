import { commandSet, createShell, fail } from '../index.ts'
import type { Session, Shell } from '../index.ts'
import { knownKeys } from '../terminal/key.ts'

/** What the demo keeps per session: the user's name. */
export interface Visitor {
  readonly name: string
}

/**
 * Returns a new demo shell with counts of its own. It shows a login by name, a count of visits,
 * timers, masked words and red errors.
 */
export function createDemo(): Shell<Visitor, undefined> {
  const visits = new Map<string, number>()
  let connections = 0

  return createShell({
    prompt: 'TestServer> ',
    welcome: 'You have connected to the test server.',
    auth: { name: (name): Visitor | null => (name.trim() === '' ? null : { name: name.trim() }) },
    voices: { error: text => `\x1b[91m${text}\x1b[0m` },
  })
    .onStart(async session => {
      const { name } = session.user
      connections += 1
      visits.set(name, (visits.get(name) ?? 0) + 1)
      // A program (`ssh host command`, `ssh host < script`) expects the replies and nothing else.
      if (session.request.type === 'exec' || !session.interactive) return
      await session.writeLine(`This server is running ${session.peer.transport}.`)
      await session.writeLine(`Hello ${name}!`)
      await session.writeLine(`You are connection #${connections}, you have logged in ${visits.get(name)} time(s).`)
    })
    .use(conversation)
    .use(account)
    .use(inspection)
}

const conversation = commandSet()
  .command('echo|repeat <text...>', 'Echo text back to the console.', ({ text }) => text.join(' '))
  .command(
    'timer|timeit [words...]',
    {
      summary: 'Send a message after a delay.',
      parameters: '<time> <message>',
      help: 'In <time> seconds, display <message>.\nIf <message> is more than one word, quotes are required:\n  timer 5 "hello world!"',
    },
    ({ words }, session) => {
      const [time = '', message, ...others] = words
      // Every invalid time is refused with the same sentence.
      const isTime = /^\d{1,9}(\.\d+)?$/.test(time)
      if (!isTime || message === undefined || others.length > 0) throw fail('Need both a time and a message')
      session.after(Number(time) * 1000, () => session.writeMessage(message))
      return `Waiting ${time} seconds...`
    },
  )

const account = commandSet<Visitor>().command(
  'passwd [password:secret]',
  {
    summary: 'Pretend to set a password.',
    help: 'Pretends to set a console password, and asks for it where it is not given.',
  },
  async ({ password }, session) => {
    const first = password ?? (await session.readLine('New Password: ', { echo: false }))
    const second = await session.readLine('Retype New Password: ', { echo: false })
    if (first !== second) throw fail("Passwords don't match.")
    return `Pretending to set a new password for ${session.user.name}.`
  },
)

const inspection = commandSet<Visitor>()
  .command('info', 'Show some information about the current terminal.', (_, session) => info(session))
  .command('debug', 'List the keys that the terminal is known to send.', () => knownKeys().map(keyLine).join('\n'))
  .command('params [params...]', 'Show the words exactly as received.', (_, __, { words }) =>
    JSON.stringify(words.slice(1)),
  )
  .command(
    'term',
    { summary: 'Show the terminal type.', hidden: true },
    (_, session) => session.terminal.type || 'unknown',
  )
  .command(
    'hide-me|hide-me-too|also-me',
    { summary: 'Do nothing, out of sight.', hidden: true },
    () => 'I am hidden, and do nothing.',
  )

function info(session: Session<Visitor>): string {
  const { type, columns, rows } = session.terminal
  return [
    `Username: ${session.user.name}, terminal type: ${type || 'unknown'}`,
    `Width: ${columns}, height: ${rows}`,
    'Command history:',
    ...session.history.map(line => `  ${JSON.stringify(line)}`),
  ].join('\n')
}

function keyLine({ key, sequence }: { readonly key: string; readonly sequence: string }): string {
  return `${key.padEnd(12)} ${visible(sequence)}`
}

/** Returns control characters in caret notation. */
function visible(sequence: string): string {
  return sequence.replaceAll(/[\x00-\x1f\x7f]/g, c =>
    c === '\x1b' ? 'ESC ' : `^${String.fromCharCode(c.charCodeAt(0) ^ 0x40)}`,
  )
}
