/** 13. Commands that call commands: a start file, an alias, macros that users define. */
import { createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const startFile = `motd
say Type macros for yours.`

const shell = createShell({ prompt: 'macros> ', escapes: 'bash', state: () => new Map<string, string[]>() })
  .command('motd', 'Show the message of the day.', () => 'Backups run at noon.')
  .command('say <text...>', 'Say something.', ({ text }) => text.join(' '))
  .command('m', 'Alias of motd.', async (_, session) => {
    await session.run('motd')
  })
  .command(
    'define <name> <line...>',
    'Define a macro; each line is one word, in quotes.',
    ({ name, line }, session) => {
      session.state.set(name, line)
    },
  )
  .command('macros', 'List the macros.', (_, { state }) => [...state.keys()].join('\n'))
  .command('shout <line...>', 'Run a command, and show what it writes in capitals.', async ({ line }, session) => {
    const { text } = await session.run(line, { capture: true })
    return text.trimEnd().toUpperCase()
  })
  .onStart(async session => {
    for (const line of startFile.split('\n')) await session.run(line)
  })
  .onUnknown(async (session, { words: [name = ''] }) => {
    const lines = session.state.get(name) ?? fail(`There is neither a command nor a macro '${name}'.`)
    // A macro that calls itself ends with a sentence.
    for (const line of lines) await session.run(line)
  })

export const server = await serve(shell, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
