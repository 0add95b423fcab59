/**
 * 4. A command that asks for a line, a choice, a hidden secret, and yes or no. Ctrl-C leaves it at
 * any question.
 */
import { createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const taken = new Set(['admin', 'root'])

const isFree = (name: string) => (taken.has(name) ? `${name} is taken.` : true)
const isLong = (password: string) => (password.length < 8 ? 'It needs eight characters.' : true)

const desk = createShell({ prompt: 'desk> ', welcome: 'Type "register".' }).command(
  'register [name]',
  { summary: 'Register an account.', help: 'Asks for what it is not given. Nothing is kept.' },
  async ({ name }, session) => {
    const wanted = name ?? (await session.readLine('Name: ', { history: false, validate: isFree }))
    const plan = await session.select('Which plan?', [
      { label: '$5 a month', value: 'monthly' },
      { label: '$50 a year', value: 'yearly' },
    ])
    const password = await session.secret('Password: ', { validate: isLong })
    if (password !== (await session.secret('Once more: '))) throw fail('These were two passwords.')
    if (!(await session.confirm(`Register ${wanted}?`, { default: true }))) return 'Nothing was done.'
    return { name: wanted, plan, password: '*'.repeat(password.length) }
  },
)

export const server = await serve(desk, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
