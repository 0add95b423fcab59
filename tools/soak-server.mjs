/** The server under attack: a process of its own, with default limits but for those that would take longer than a short soak. */
import { subscribe } from 'node:diagnostics_channel'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
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
subscribe('answerback:end', ({ reason }) => (ends[reason] = (ends[reason] ?? 0) + 1))
const log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
}
const server = await serve(shell, {
  listen: [telnet(0)],
  limits: { loginTimeout: 10_000, writeTimeout: 5000, idleTimeout: 600_000 },
  log,
})

const turns = monitorEventLoopDelay({ resolution: 1 })
turns.enable()
let began = performance.eventLoopUtilization()

const ANSWERS = {
  state,
  load,
  async close() {
    turns.disable()
    await server.close({ timeout: 0 })
    return state()
  },
}

process.on('disconnect', () => process.exit())
process.on('message', what => void Promise.resolve(ANSWERS[what]()).then(answer => process.send(answer)))
process.send({ port: server.addresses[0].port })

/** Since it was last asked: how much of the time was worked, and in milliseconds what 99 of 100 looks at the clock were late by. */
function load() {
  const { utilization } = performance.eventLoopUtilization(began)
  const turn = turns.percentile(99) / 1e6
  began = performance.eventLoopUtilization()
  turns.reset()
  return { busy: utilization, turn }
}

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
