/**
 * 3. Messages between users. A message appears at any moment, above the line that is being typed.
 * Connect twice.
 */
import { createShell, fail, serve } from 'answerback'
import type { Session } from 'answerback'
import { telnet } from 'answerback/telnet'

const names = new Set<string>()

function tellOthers(speaker: Session, text: string): void {
  for (const session of speaker.others) void session.writeMessage(text)
}

const chat = createShell({
  prompt: 'say: ',
  userPrompt: 'Your nickname: ',
  auth: { name: name => /^\w{1,12}$/.test(name) && !names.has(name) },
  voices: { message: text => `\x1b[36m${text}\x1b[0m` },
  // Words end at spaces only, so an apostrophe opens no quote.
  reader: () => ({ read: line => line.split(' ').filter(word => word !== ''), reset() {} }),
})
  .onStart(session => {
    names.add(session.name)
    tellOthers(session, `${session.name} comes in.`)
    return session.writeLine(`Here: ${[...names].join(', ')}. What is no command is said to all.`)
  })
  .onEnd(session => {
    names.delete(session.name)
    tellOthers(session, `${session.name} leaves.`)
  })
  .onUnknown((session, { raw }) => tellOthers(session, `${session.name}: ${raw.trim()}`))
  .command('who', 'Show who is here.', () => [...names].sort())
  .command('tell <name> <text:line>', 'Say something to one user.', ({ name, text }, session) => {
    const friend = session.others.find(other => other.name === name)
    if (friend === undefined) throw fail(`${name} is not here.`)
    void friend.writeMessage(`${session.name}, to you: ${text}`)
  })

export const server = await serve(chat, { listen: [telnet(Number(process.env.PORT ?? 8023))] })
for (const address of server.addresses) console.log(String(address))
