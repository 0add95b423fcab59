/** The server under attack: a process of its own, with default limits but for those that would take longer than a short soak. */
import { getActiveResourcesInfo } from 'node:process'
import { createShell, serve } from 'answerback'
import { telnet } from 'answerback/telnet'

const shell = createShell({
  prompt: '$ ',
  auth: { password: (name, password) => password === 'right' && { name } },
})
  .command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
  .command('flood', 'Write without awaiting.', (_, session) => {
    for (let i = 0; i < PIECES; i++) void session.write(PIECE)
  })
  .command('bulk', 'Write, awaiting.', async function* () {
    for (let i = 0; i < PIECES; i++) yield PIECE
  })
  .command('throw', 'Throw.', () => {
    throw new Error('a bug')
  })
  .command('say <text...>', 'Tell all attackers.', ({ text }) => {
    for (const session of server.sessions) if (session.name !== 'good') void session.writeMessage(text.join(' '))
  })

/** Altogether more than the system's own buffers take. */
const PIECE = `${'x'.repeat(99)}\n`.repeat(100)
const PIECES = 2000
const ends = {}
const log = {
  debug() {},
  info({ event, reason }) {
    if (event === 'end') ends[reason] = (ends[reason] ?? 0) + 1
  },
  warn() {},
  error() {},
}
const server = await serve(shell, {
  listen: [telnet(0)],
  limits: { loginGrace: 10, writeStall: 5, idleTime: 600 },
  log,
})

process.on('disconnect', () => process.exit())
process.on('message', what => {
  if (what === 'state') process.send(state())
  else void server.close({ within: 0 }).then(() => process.send(state()))
})
process.send({ port: server.addresses[0].port })

/** After collection, so that what is left is held by somebody. */
function state() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  const resources = getActiveResourcesInfo()
  return {
    sessions: server.sessions.length,
    sockets: resources.filter(name => name === 'TCPSocketWrap').length,
    timers: resources.filter(name => name === 'Timeout').length,
    memory: heapUsed + external,
    rss,
    counts: server.counts,
    ends,
  }
}
