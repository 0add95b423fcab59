/** 3. Messages between users: they come at any moment, and leave alone what is being typed. Connect twice. */
import { createShell, fail, serve } from 'answerback'
import type { Session } from 'answerback'
import { telnet } from 'answerback/telnet'

const present = new Map<string, Session>()

function tellOthers(speaker: Session, text: string): void {
  for (const session of present.values()) {
    if (session !== speaker) void session.writeMessage(text)
  }
}

const chat = createShell({
  prompt: 'say: ',
  userPrompt: 'Your nickname: ',
  auth: { name: name => /^\w{1,12}$/.test(name) && !present.has(name) },
  voices: { message: text => `\x1b[36m${text}\x1b[0m` },
  // An apostrophe is an apostrophe here, and opens no quote.
  reader: () => ({ read: line => line.split(' ').filter(word => word !== ''), reset() {} }),
})
  .onStart(session => {
    present.set(session.name, session)
    tellOthers(session, `${session.name} comes in.`)
    return session.writeLine(`Here: ${[...present.keys()].join(', ')}. What is no command is said to all.`)
  })
  .onEnd(session => {
    if (present.get(session.name) === session) present.delete(session.name)
    tellOthers(session, `${session.name} leaves.`)
  })
  .onUnknown(({ raw }, session) => tellOthers(session, `${session.name}: ${raw.trim()}`))
  .command('who', 'Show who is here.', () => [...present.keys()].sort())
  .command('tell <name> <text...>', 'Say something to one user.', ({ name, text }, session) => {
    const friend = present.get(name)
    if (friend === undefined) throw fail(`${name} is not here.`)
    void friend.writeMessage(`${session.name}, to you: ${text.join(' ')}`)
  })

export const server = await serve(chat, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const { transport, host, port } of server.addresses) console.log(`${transport} ${host} ${port}`)
