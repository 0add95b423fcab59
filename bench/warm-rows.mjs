/**
 * Rows of which both servers are warm, each in one process for all rounds: speed when the engine
 * has compiled what it is to compile. Rounds that are thrown away come first.
 */
import { closedLoop, dismiss, pause, promptTimes, ready, typing } from './crowd.mjs'
import { PROMPT } from './dialogue.mjs'
import { percentile } from './statistics.mjs'

const servers = ['ours', 'bare']
const COMMAND = () => 'echo hello world\r\n'
const LINE = ['echo the quick brown fox jumps over the dog'.split(''), '\r\n'].flat()

export const WARM_ROWS = {
  prompt: {
    servers,
    async measure(server) {
      const speaking = await promptTimes(server, 300)
      const mute = await promptTimes(server, 300, { mute: true })
      return { speaking: percentile(speaking, 0.5), mute: percentile(mute, 0.5) }
    },
  },

  crowd: {
    servers,
    async measure(server) {
      const few = await commands(server, 50, 300)
      const many = await commands(server, 200, 75)
      return { few: few.cpu, many: many.cpu, p50: few.p50 }
    },
  },

  pipelined: {
    servers,
    async measure(server) {
      const long = await pipelined(server, 200_000, false)
      const short = await pipelined(server, 20_000, false)
      const line = await pipelined(server, 200_000, true)
      return { rate: long.rate, cpu: long.cpu, line: line.rate, linear: long.rate / short.rate }
    },
  },

  typing: {
    servers,
    async measure(server) {
      const one = await keys(server, 1, 60)
      const many = await keys(server, 200, 2)
      return { one: one.p50, many: many.p50, cpuOne: one.cpu, cpuMany: many.cpu }
    },
  },

  stalled: {
    servers,
    async measure(server) {
      const [clients, [idler]] = [await ready(server, 50), await ready(server, 1)]
      idler.send('bulk 64\r\n')
      idler.socket.pause()
      await pause(100)
      // For half a second: in a shorter time, two turns would decide that collect garbage.
      const { cpu, took } = await loaded(server, clients, 1000)
      await dismiss(server, [...clients, idler])
      return { p99: percentile(took, 0.99), cpu }
    },
  },
}

async function commands(server, count, each) {
  const clients = await ready(server, count)
  const { cpu, took } = await loaded(server, clients, each)
  await dismiss(server, clients)
  return { cpu, p50: percentile(took, 0.5) }
}

async function loaded(server, clients, each) {
  let took
  const cpu = await server.cpuOf(async () => (took = await closedLoop(clients, COMMAND, each)), clients.length * each)
  return { cpu, took }
}

/** All is sent at once; the last command's answer is the end. */
async function pipelined(server, count, mute) {
  const [client] = await ready(server, 1, { mute })
  const request = Buffer.from(COMMAND().repeat(1000))
  let took
  const cpu = await server.cpuOf(async () => {
    const began = performance.now()
    for (let sent = 0; sent < count; sent += 1000) client.socket.write(request)
    client.send('echo the end\r\n')
    await client.until('the end', PROMPT)
    took = performance.now() - began
  }, count)
  await dismiss(server, [client])
  return { rate: count / took, cpu }
}

async function keys(server, count, lines) {
  const clients = await ready(server, count)
  const each = LINE.length * lines
  let took
  const cpu = await server.cpuOf(async () => (took = await typing(clients, LINE, 0, each)), count * each)
  await dismiss(server, clients)
  return { cpu, p50: percentile(took, 0.5) }
}
