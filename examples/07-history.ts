/**
 * 7. The session's history is a list that commands may read and change. One built-in command is
 * replaced, and a name of another removed.
 */
import { createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const shell = createShell({ prompt: 'history> ', history: { size: 100 } })
  .remove('bye')
  .command('passwd [password]', 'Pretend to set a password.', async ({ password }, session) => {
    // The argument was visible on the screen, but is not stored.
    if (password !== undefined) session.history[session.history.length - 1] = 'passwd'
    const first = password ?? (await session.secret('New Password: '))
    const second = await session.secret('Retype New Password: ')
    if (first !== second) throw fail("Passwords don't match.")
    return 'Pretending to set the new password.'
  })
  .command('history [-c, --clear] [find]', 'Show the inputs so far, or those with a text in them.', (args, session) => {
    if (args.clear) session.history.length = 0
    const found = session.history.filter(line => line.includes(args.find ?? ''))
    return found.join('\n')
  })

export const server = await serve(shell, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
