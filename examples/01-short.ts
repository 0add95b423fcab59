/**
 * 1. Two commands, served over telnet. Run `npm run build` and `node examples/01-short.ts`, and
 * connect as it says.
 */
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const lobby = createShell({ welcome: 'Welcome to my server.', prompt: 'lobby> ' })
  .command('echo|copy|repeat <text...>', 'Echo text back to the console.', ({ text }) => text.join(' '))
  .command(
    'timer <seconds:number> <message>',
    {
      summary: 'Send a message after a delay.',
      help: `
        Shows <message> when <seconds> have passed, above whatever is being typed then.
        If <message> is more than one word, quotes are required:
          timer 5 "hello world!"`,
    },
    ({ seconds, message }, session) => {
      session.after(seconds * 1000, () => session.writeMessage(message))
      return `Waiting ${seconds} seconds...`
    },
  )

export const server = await serve(lobby, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
