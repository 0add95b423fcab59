/** Rows of what sessions hold, and what they leave behind. */
import { closedLoop, connected, dismiss, pause, ready } from './crowd.mjs'
import { bulkBytes } from './dialogue.mjs'

const servers = ['ours', 'bare']
const [KIB, MIB] = [2 ** 10, 2 ** 20]
const WATCHED_MS = 3000

/** Memory does not depend on how warm the engine is; one round makes what is made once. */
const warmUp = 1

export const MEMORY_ROWS = {
  idle: {
    servers,
    warmUp,
    async measure(server) {
      const count = 5000
      const before = await server.ask('memory')
      const clients = await connected(server, count)
      await pause(200)
      const idle = (await server.ask('memory')) - before
      const cpu = await server.cpuOf(() => pause(WATCHED_MS))
      await closedLoop(clients, () => 'echo begin\r\n', 1)
      const used = (await server.ask('memory')) - before
      await dismiss(server, clients)
      // In percent: hundredths of it differ from one time to the next.
      return { memory: idle / count / KIB, used: used / count / KIB, cpu: Math.round(cpu.all / WATCHED_MS / 10) / 100 }
    },
  },

  leftovers: {
    servers,
    warmUp,
    async measure(server) {
      await closeEveryWay(server, 1000)
      const [memory, ended] = [await server.ask('memory'), await server.ask('ended')]
      await closeEveryWay(server, 1000)
      const left = (await server.ask('memory')) - memory
      return { left: Math.max(0, left) / 3000 / KIB, missed: ended + 3000 - (await server.ask('ended')) }
    },
  },

  growth: {
    servers,
    warmUp,
    async measure(server) {
      return { quick: await growthWhileReading(server), stalled: await growthWhileStalled(server) }
    },
  },
}

async function closeEveryWay(server, count) {
  for (const close of [client => client.socket.end(), client => client.reset()]) {
    const clients = await ready(server, count)
    await closeAll(server, clients, close)
  }
  const clients = await ready(server, count)
  for (const client of clients) client.send('wait\r\n')
  await pause(100)
  await closeAll(server, clients, client => client.reset())
}

async function closeAll(server, clients, close) {
  for (const client of clients) {
    client.gone = () => {}
    close(client)
  }
  await server.askUntil('sessions', open => open === 0)
}

/** The most that lives at any of the moments at which it is asked. */
async function growthWhileReading(server) {
  const [client] = await ready(server, 1)
  const before = await server.ask('memory')
  const end = client.received + bulkBytes(64)
  client.send('bulk 64\r\n')
  let most = 0
  while (client.received < end) most = Math.max(most, await server.ask('memory'))
  await dismiss(server, [client])
  return Math.max(0, most - before) / MIB
}

async function growthWhileStalled(server) {
  const [client] = await ready(server, 1)
  const before = await server.ask('memory')
  client.send('bulk 64\r\n')
  client.socket.pause()
  await pause(500)
  const after = await server.ask('memory')
  await dismiss(server, [client])
  return Math.max(0, after - before) / MIB
}
