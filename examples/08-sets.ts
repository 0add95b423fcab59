/** 8. Sets of commands, shared by two shells on two ports: one without a login, one with. */
import { commandSet, createShell, fail, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const notices: string[] = ['The library closes at six.']

/** For any user. */
const reading = commandSet()
  .command('notices', 'Show the notices.', () => notices.map((text, i) => `${i + 1}. ${text}`).join('\n'))
  .command('time', 'Show the time of day.', () => new Date().toLocaleTimeString())

/** For users with a role only: the compiler refuses to use this set in `hall`. */
const posting = commandSet<{ readonly role: string }>()
  .command('post <text:line>', 'Post a notice.', ({ text }, session) => {
    notices.push(`${text} (${session.user.role})`)
  })
  .command('remove <number:integer>', 'Take a notice down.', ({ number }) => {
    if (notices[number - 1] === undefined) throw fail(`There is no notice ${number}.`)
    notices.splice(number - 1, 1)
  })

const hall = createShell({ prompt: 'hall> ' }).use(reading)
const office = createShell({
  prompt: 'office> ',
  auth: { name: name => (name === 'anna' ? { name, role: 'librarian' } : null) },
})
  .use(reading)
  .use('notice', posting)

const port = Number(process.env.PORT ?? 8023)
export const server = await serve(hall, { listen: [telnet(port)] })
export const staffServer = await serve(office, { listen: [telnet(port && port + 1)] })
for (const address of [...server.addresses, ...staffServer.addresses]) console.log(String(address))
