/**
 * Rows of which each round is a fresh process of each server: what the first users of one that has
 * just started come to, and, in the same process, what the same costs when the engine has compiled
 * it. `measure` answers the figures of one round.
 */
import { Client } from './client.mjs'
import { closedLoop, connected, promptTimes, say, typing } from './crowd.mjs'
import { bulkBytes, PROMPT, TYPED } from './dialogue.mjs'
import { median, percentile } from './statistics.mjs'
import { storms } from './storm.mjs'

const TWO = ['ours', 'bare']
const KEYS = ['echo hello'.split(''), '\r\n'].flat()
const COMMAND = () => 'echo hello world\r\n'

export const COLD_ROWS = {
  start: {
    servers: TWO,
    async measure(server) {
      await new Client(server.port).until(PROMPT)
      return { prompt: performance.now() - server.began }
    },
  },

  connect: {
    servers: TWO,
    async measure(server) {
      await promptTimes(server, 20)
      let took
      const cpu = await server.cpuOf(async () => (took = await promptTimes(server, 200)), 200)
      return { p50: percentile(took, 0.5), cpu }
    },
  },

  storm: { servers: ['ours', 'bare', 'packets'], measure: server => storms(server) },
  'storm-mute': { servers: ['ours', 'bare', 'packets'], measure: server => storms(server, { mute: true }) },

  keys: {
    servers: TWO,
    async measure(server) {
      const clients = await connected(server, 1)
      const cpu = (from, to) => server.cpuOf(() => typing(clients, KEYS, from, to), to - from)
      const [first, next] = [await cpu(0, 100), await cpu(100, 2000)]
      await typing(clients, KEYS, 2000, 10_000)
      return { first, next, warm: await cpu(10_000, 30_000) }
    },
  },

  commands: {
    servers: TWO,
    async measure(server) {
      const clients = await connected(server, 1)
      const cpu = count => server.cpuOf(() => closedLoop(clients, COMMAND, count), count)
      const first = await cpu(1000)
      await closedLoop(clients, COMMAND, 9000)
      return { first, warm: await cpu(20_000) }
    },
  },

  broadcast: {
    servers: TWO,
    async measure(server) {
      const clients = await connected(server, 1000)
      await Promise.all(clients.map(client => client.exchange(TYPED, TYPED.length)))
      const rounds = []
      while (rounds.length < 20) rounds.push(await server.cpuOf(() => say(server, clients), clients.length))
      const steady = rounds.slice(3)
      const middle = { all: median(steady.map(({ all }) => all)), main: median(steady.map(({ main }) => main)) }
      return { first: rounds[0], steady: middle, worst: Math.max(...steady.map(({ all }) => all)) / middle.all }
    },
  },

  bulk: {
    servers: ['ours', 'bare', 'ready'],
    async measure(server) {
      const [client] = await connected(server, 1)
      return passes(server, mebibytes => client.exchange(`bulk ${mebibytes}\r\n`, bulkBytes(mebibytes)))
    },
  },
}

/** The first 64 MiB, the second, and the fourth. */
export async function passes(server, take) {
  const figures = {}
  for (const name of ['First', 'Second', 'Third', 'Warm']) {
    const mebibytes = 64
    let seconds
    figures[`cpu${name}`] = await server.cpuOf(async () => {
      const began = performance.now()
      await take(mebibytes)
      seconds = (performance.now() - began) / 1000
    }, mebibytes)
    figures[`rate${name}`] = mebibytes / seconds
  }
  return figures
}
