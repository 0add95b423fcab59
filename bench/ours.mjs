/** The library as it is built, with all of its default limits. */
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'
import { BULK_CHUNK, BULK_CHUNKS_PER_MIB, PROMPT } from './dialogue.mjs'

export async function start({ moreCommands = 0, history = 0 }) {
  let ended = 0
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
      for (let entry = 0; entry < history; entry++) session.history.push(`echo entry ${entry}`)
    })
    .onEnd(() => void ended++)
  for (let number = 0; number < moreCommands; number++) shell.command(`other-${number} [word]`, 'Another.', () => {})
  const server = await serve(shell, { listen: [telnet(0)] })
  return {
    port: server.addresses[0].port,
    sessions: () => server.sessions.length,
    ended: () => ended,
    say: text => {
      for (const session of server.sessions) void session.writeMessage(text)
    },
  }
}

async function bulk(session, mebibytes) {
  for (let chunk = 0; chunk < mebibytes * BULK_CHUNKS_PER_MIB && !session.signal.aborted; chunk++)
    await session.write(BULK_CHUNK)
}
