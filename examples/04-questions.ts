/** 4. A command that asks: a line, a secret that does not show, yes or no. Ctrl-C leaves it at any question. */
import { createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const reserved = new Set(['admin', 'root'])

const desk = createShell({ prompt: 'desk> ', welcome: 'Type "register".' }).command(
  'register [name]',
  { summary: 'Register an account.', help: 'Asks for what it is not given. Nothing is kept.' },
  async ({ name }, session) => {
    const wanted = name ?? (await session.readLine({ prompt: 'Name: ', history: false }))
    if (reserved.has(wanted)) throw fail(`${wanted} is taken.`)
    const password = await session.readLine({ prompt: 'Password: ', echo: false })
    const again = await session.readLine({ prompt: 'Once more: ', echo: false })
    if (password !== again) throw fail('These were two passwords.')
    if (!(await session.confirm(`Register ${wanted}?`, { default: true }))) return 'Nothing was done.'
    return `Welcome, ${wanted}. Your password has ${password.length} characters.`
  },
)

export const server = await serve(desk, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const { transport, host, port } of server.addresses) console.log(`${transport} ${host} ${port}`)
