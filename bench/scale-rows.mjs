/** How cost grows: with sessions, with commands, with the length of the line, with the history. Nothing of it has a bound; it should be flat. */
import { closedLoop, dismiss, each, pause, ready } from './crowd.mjs'

const SESSIONS = [10, 100, 1000, 5000]
const LENGTHS = [1, 100, 1000, 10_000]

export const SCALE_ROWS = {
  sessions: {
    figures: figures(SESSIONS, count => `CPU per command, ${count} sessions at it`),
    async measure(server) {
      const result = {}
      for (const count of SESSIONS) result[count] = await cpuPerCommand(server, count, Math.ceil(10_000 / count))
      return result
    },
  },

  registry: {
    options: { moreCommands: 2000 },
    figures: { cpu: { name: 'CPU per command, 50 clients, 2000 commands more', unit: 'µs' } },
    measure: async server => ({ cpu: await cpuPerCommand(server, 50, 300) }),
  },

  line: {
    figures: {
      ...figures(LENGTHS, length => `CPU per key at the end of ${length} characters`, 'end'),
      ...figures(LENGTHS, length => `CPU per key at the start of ${length} characters`, 'start'),
    },
    async measure(server) {
      const result = {}
      for (const length of LENGTHS) {
        const [client] = await ready(server, 1)
        client.send('a'.repeat(length))
        await pause(100)
        result[`end${length}`] = await cpuPerKey(server, client)
        client.send('\x01')
        await pause(100)
        result[`start${length}`] = await cpuPerKey(server, client)
        await dismiss(server, [client])
      }
      return result
    },
  },

  history: historyRow(1000),
  'long-history': historyRow(100_000),
}

/** Every command is a new one, so that each pushes the oldest out. */
function historyRow(history) {
  return {
    options: { history },
    figures: {
      cpu: { name: `CPU per command, one client, history full with ${history}`, unit: 'µs' },
      recall: { name: 'CPU per key that recalls an entry of it', unit: 'µs' },
    },
    async measure(server) {
      const [client] = await ready(server, 1)
      const command = await server.cpuOf(() => closedLoop([client], (_, index) => `echo word ${index}\r\n`, 1000))
      const recall = await server.cpuOf(() => each([client], () => '\x1b[A', 200))
      await dismiss(server, [client])
      return { cpu: command / 1000, recall: recall / 200 }
    },
  }
}

function figures(sizes, name, prefix = '') {
  return Object.fromEntries(sizes.map(size => [`${prefix}${size}`, { name: name(size), unit: 'µs' }]))
}

async function cpuPerCommand(server, count, times) {
  const clients = await ready(server, count)
  const cpu = await server.cpuOf(() => closedLoop(clients, () => 'echo hello world\r\n', times))
  await dismiss(server, clients)
  return cpu / count / times
}

/** Few enough that the line keeps its length, as such lengths go. */
async function cpuPerKey(server, client) {
  return (await server.cpuOf(() => each([client], () => 'x', 50))) / 50
}
