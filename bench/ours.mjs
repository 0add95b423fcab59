/** The library as it is built, every feature on. */
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'
import { BULK_CHUNK, BULK_CHUNKS_PER_MIB, PROMPT } from './dialogue.mjs'

/**
 * All limits are the default ones but for two: this machine's own connections are not counted by
 * address (100 at a time, 20 a second), and a session's commands are not held to 1000 a second.
 */
const LIMITS = { exempt: ['127.0.0.0/8'], maxCommandsPerSecond: Infinity }

export async function start({ moreCommands = 0, history = 0 }, listen = [telnet(0)]) {
  let ended = 0
  let last
  const shell = createShell({ prompt: PROMPT, history: { size: Math.max(1000, history) } })
    .command('echo <text...>', 'Repeat.', ({ text }) => text.join(' '))
    .command('bulk <mebibytes:integer>', 'Write much, awaiting.', ({ mebibytes }, session) => bulk(session, mebibytes))
    .command(
      'wait',
      'Wait for the end.',
      (_, session) =>
        new Promise((_, reject) => {
          session.signal.addEventListener('abort', () => reject(session.signal.reason))
        }),
    )
    .onStart(session => {
      last = session
      for (let entry = 0; entry < history; entry++) session.history.push(`echo entry ${entry}`)
    })
    .onEnd(() => void ended++)
  for (let number = 0; number < moreCommands; number++) shell.command(`other-${number} [word]`, 'Another.', () => {})
  const server = await serve(shell, { listen, limits: LIMITS })
  return {
    port: server.addresses[0].port,
    sessions: () => server.sessions.length,
    ended: () => ended,
    close: () => server.close(),
    say: text => {
      for (const session of server.sessions) void session.writeMessage(text)
    },
    tell: text => void last.writeMessage(text),
  }
}

async function bulk(session, mebibytes) {
  for (let chunk = 0; chunk < mebibytes * BULK_CHUNKS_PER_MIB && !session.signal.aborted; chunk++)
    await session.write(BULK_CHUNK)
}
