/** The server that peers come to and leave: one listener for each protocol, one that refuses everybody. */
import { subscribe } from 'node:diagnostics_channel'
import { getActiveResourcesInfo } from 'node:process'
import { createShell, serve } from 'answerback'
import { ssh } from 'answerback/ssh'
import { telnet } from 'answerback/telnet'

const auth = { password: (name, password) => password === 'right' && { name } }
const ends = {}
subscribe('answerback:end', ({ reason }) => (ends[reason] = (ends[reason] ?? 0) + 1))
const log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
}
const shell = () =>
  createShell({ prompt: '$ ', auth })
    .command('echo <text...>', 'Echo.', ({ text }) => text.join(' '))
    .command('hang', 'Hang.', async (_, session) => {
      await new Promise((_resolve, reject) => {
        session.signal.addEventListener('abort', () => reject(session.signal.reason))
      })
    })
    .command('bulk', 'Write, awaiting.', async function* () {
      for (let piece = 0; piece < 1000; piece++) yield 'x'.repeat(10_000)
    })
const limits = { exempt: ['127.0.0.1'], idleTimeout: 2000, idleWarning: 1000, maxLoginDelay: 0 }
const hostKey = '.cache/churn_host_key'
const servers = await Promise.all([
  serve(shell(), { listen: [telnet(0), ssh({ port: 0, hostKey })], limits, log }),
  serve(shell(), { listen: [telnet(0)], limits: { deny: ['127.0.0.0/8'] }, log }),
])

process.on('disconnect', () => process.exit())
process.on('message', () => process.send(state()))
const [plain, secure, closed] = servers.flatMap(({ addresses }) => addresses.map(({ port }) => port))
process.send({ plain, secure, closed })

/** After collection, so that what is left is held by somebody. */
function state() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return {
    sessions: servers.reduce((sum, { sessions }) => sum + sessions.length, 0),
    handles: getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    memory: heapUsed + external,
    ends,
  }
}
