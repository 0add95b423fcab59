/**
 * The rows of the budget for telnet. A row's figures are measured by `measure`, once for each server and round; each figure is judged
 * by its ratio to the bare server's in the same round, or, where it says so, by its value.
 */
import { Client } from './client.mjs'
import { closedLoop, connected, dismiss, pause, ready, typing, until } from './crowd.mjs'
import { BULK_CHUNK_BYTES, BULK_CHUNKS_PER_MIB, PROMPT } from './dialogue.mjs'
import { percentile } from './statistics.mjs'

const MIB = 2 ** 20

/** Absolute: the bare server keeps nothing of a session, so that a multiple of what Node's socket takes would say nothing of ours. */
const MEMORY = { must: 5.5, superb: 3.6, judge: 'value' }

export const TELNET_ROWS = {
  prompt: {
    figures: {
      prompt: { name: 'connect → first prompt, p50', unit: 'µs', must: 2.5, superb: 1.7 },
      mute: { name: 'the same, a client that never negotiates', unit: 'µs', must: 2.5, superb: 1.7 },
    },
    async measure(server) {
      return { prompt: await timeToPrompt(server, false), mute: await timeToPrompt(server, true) }
    },
  },

  storm: {
    figures: {
      cpu: { name: 'storm of 1000 connections, CPU for each', unit: 'µs', must: 3, superb: 2 },
      mute: { name: 'the same, clients that never negotiate', unit: 'µs', must: 3, superb: 2 },
      lost: { name: 'of 2000, not in', unit: '', must: 0, superb: 0, judge: 'value' },
    },
    async measure(server) {
      const speaking = await storm(server, 1000, false)
      const mute = await storm(server, 1000, true)
      return { cpu: speaking.cpu, mute: mute.cpu, lost: speaking.lost + mute.lost }
    },
  },

  packets: {
    figures: {
      cpu: { name: 'storm, CPU for each; the bare one with the same packets', unit: 'µs' },
    },
    servers: { bare: 'bare-packets' },
    async measure(server) {
      return { cpu: (await storm(server, 1000, false)).cpu }
    },
  },

  idle: {
    figures: {
      memory: { name: 'live memory for each of 5000 idle sessions', unit: 'KiB', ...MEMORY },
      used: { name: 'the same, each having run a command', unit: 'KiB', ...MEMORY },
      cpu: { name: 'CPU of 5000 idle sessions', unit: '%', must: 0.5, superb: 0, judge: 'value' },
    },
    async measure(server) {
      const count = 5000
      const before = await server.ask('memory')
      const clients = await connected(server, count)
      await pause(200)
      const idle = (await server.ask('memory')) - before
      // Without what it costs to ask; in hundredths of a percent, below which the two differ from one time to the next.
      const asking = await server.cpuOf(() => pause(20))
      const cpu = (await server.cpuOf(() => pause(5000))) - asking
      await closedLoop(clients, () => 'echo begin\r\n', 1)
      const used = (await server.ask('memory')) - before
      await dismiss(server, clients)
      return { memory: idle / count / 1024, used: used / count / 1024, cpu: Math.round(Math.max(0, cpu) / 500) / 100 }
    },
  },

  leftovers: {
    figures: {
      left: {
        name: 'left of each of 3000 closed by FIN, RST, in mid-command',
        unit: 'KiB',
        must: 1,
        superb: 0.1,
        judge: 'value',
      },
      missed: { name: 'of them, ends that were not told', unit: '', must: 0, superb: 0, judge: 'value' },
    },
    async measure(server) {
      await closeEveryWay(server, 1000)
      const [memory, ended] = [await server.ask('memory'), await server.ask('ended')]
      await closeEveryWay(server, 1000)
      const left = (await server.ask('memory')) - memory
      return { left: Math.max(0, left) / 3000 / 1024, missed: ended + 3000 - (await server.ask('ended')) }
    },
  },

  commands: {
    figures: {
      few: { name: 'CPU per command, 50 clients', unit: 'µs', must: 1.5, superb: 1.2 },
      many: { name: 'CPU per command, 200 clients', unit: 'µs', must: 1.5, superb: 1.2 },
      p50: { name: 'command to prompt, 50 clients, p50', unit: 'µs' },
    },
    async measure(server) {
      const few = await commands(server, 50, 300)
      const many = await commands(server, 200, 75)
      return { few: few.cpu, many: many.cpu, p50: few.p50 }
    },
  },

  pipelined: {
    figures: {
      rate: {
        name: 'pipelined commands, one client, 200 k',
        unit: 'k/s',
        must: 500,
        superb: 1200,
        judge: 'value',
        atLeast: true,
      },
      cpu: { name: 'the same, CPU for each', unit: 'µs' },
      line: {
        name: 'the same, a client in line mode',
        unit: 'k/s',
        must: 500,
        superb: 1200,
        judge: 'value',
        atLeast: true,
      },
      linear: {
        name: 'rate at 200 k to that at 20 k',
        unit: '',
        must: 0.8,
        superb: 0.95,
        judge: 'value',
        atLeast: true,
      },
    },
    async measure(server) {
      const long = await pipelined(server, 200_000, false)
      const short = await pipelined(server, 20_000, false)
      const line = await pipelined(server, 200_000, true)
      return { rate: long.rate, cpu: long.cpu, line: line.rate, linear: long.rate / short.rate }
    },
  },

  keys: {
    figures: {
      one: { name: 'keystroke echo, 1 typing, p50', unit: 'µs', must: 1.5, superb: 1.2 },
      many: { name: 'keystroke echo, 200 typing, p50', unit: 'µs', must: 1.5, superb: 1.2 },
      cpuOne: { name: 'CPU per key, 1 typing', unit: 'µs', must: 1.3, superb: 1.2 },
      cpuMany: { name: 'CPU per key, 200 typing', unit: 'µs', must: 1.3, superb: 1.2 },
    },
    async measure(server) {
      const one = await keys(server, 1, 60)
      const many = await keys(server, 200, 2)
      return { one: one.p50, many: many.p50, cpuOne: one.cpu, cpuMany: many.cpu }
    },
  },

  bulk: {
    figures: {
      rate: { name: 'bulk output, 64 MiB, awaiting', unit: 'MiB/s', must: 0.8, superb: 0.95, atLeast: true },
      cpu: { name: 'the same, CPU for each MiB', unit: 'µs' },
    },
    async measure(server) {
      const mebibytes = 64
      const [client] = await ready(server, 1)
      const began = performance.now()
      const cpu = await server.cpuOf(() => bulk(client, mebibytes))
      const seconds = (performance.now() - began) / 1000
      await dismiss(server, [client])
      return { rate: mebibytes / seconds, cpu: cpu / mebibytes }
    },
  },

  growth: {
    figures: {
      quick: { name: 'memory growth in 64 MiB, quick reader', unit: 'MiB', must: 8, superb: 5, judge: 'value' },
      stalled: { name: 'memory growth, reader standing still', unit: 'MiB', must: 2, superb: 0.5, judge: 'value' },
    },
    async measure(server) {
      return { quick: await growthWhileReading(server), stalled: await growthWhileStalled(server) }
    },
  },

  stalled: {
    figures: {
      p99: { name: "others' p99 while one has stopped reading 64 MiB", unit: 'µs', must: 2, superb: 1.2 },
      cpu: { name: 'the same, CPU per command of theirs', unit: 'µs' },
    },
    async measure(server) {
      const [clients, [idler]] = [await ready(server, 50), await ready(server, 1)]
      idler.send('bulk 64\r\n')
      idler.socket.pause()
      await pause(100)
      // For half a second: of a shorter time, two turns would decide, in which garbage is collected.
      const { cpu, took } = await loaded(server, clients, 1000)
      await dismiss(server, [...clients, idler])
      return { p99: percentile(took, 0.99), cpu }
    },
  },

  message: {
    figures: {
      cpu: { name: 'message to 1000 half-typed lines, CPU for each', unit: 'µs', must: 2, superb: 1.2 },
    },
    async measure(server) {
      const [count, times] = [1000, 10]
      const clients = await ready(server, count)
      const typed = 'echo half a li'
      await Promise.all(clients.map(client => client.exchange(typed, typed.length)))
      // What our server sends for a message is what the bare one is made to send.
      const message = server.kind === 'bare' ? messageBytes : 'The lobby closes at noon.'
      messageBytes = await spoken(server, clients[0], message)
      await pause(50)
      const cpu = await server.cpuOf(async () => {
        for (let time = 0; time < times; time++) await broadcast(server, clients, message, messageBytes.length)
      })
      await dismiss(server, clients)
      return { cpu: cpu / count / times }
    },
  },
}

let messageBytes = `\r\x1b[JThe lobby closes at noon.\r\n${PROMPT}echo half a li`

async function timeToPrompt(server, mute) {
  const took = []
  for (let time = 0; time < 300; time++) {
    const began = performance.now()
    const client = new Client(server.port, { mute })
    await client.until(PROMPT)
    took.push((performance.now() - began) * 1000)
    client.gone = () => {}
    client.reset()
  }
  await server.askUntil('sessions', open => open === 0)
  return percentile(took, 0.5)
}

async function storm(server, count, mute) {
  const clients = []
  let prompts = 0
  const cpu = await server.cpuOf(async () => {
    while (clients.length < count) clients.push(new Client(server.port, { mute }))
    for (const client of clients)
      void client.until(PROMPT).then(
        () => prompts++,
        () => {},
      )
    await until(() => prompts + clients.filter(({ error }) => error).length >= count).catch(() => {})
    if (server.kind !== 'bare' && !mute)
      await until(() => clients.every(({ settled, error }) => settled || error)).catch(() => {})
    await pause(50)
  })
  await dismiss(server, clients)
  return { cpu: cpu / count, lost: count - prompts }
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

async function commands(server, count, each) {
  const clients = await ready(server, count)
  const { cpu, took } = await loaded(server, clients, each)
  await dismiss(server, clients)
  return { cpu, p50: percentile(took, 0.5) }
}

async function loaded(server, clients, each) {
  let took
  const cpu = await server.cpuOf(async () => (took = await closedLoop(clients, () => 'echo hello world\r\n', each)))
  return { cpu: cpu / took.length, took }
}

/** All is sent at once; the last command's answer is the end. */
async function pipelined(server, count, mute) {
  const [client] = await ready(server, 1, { mute })
  const request = Buffer.from('echo hello world\r\n'.repeat(1000))
  const began = performance.now()
  const cpu = await server.cpuOf(async () => {
    for (let sent = 0; sent < count; sent += 1000) client.socket.write(request)
    client.send('echo the end\r\n')
    await client.until('the end', PROMPT)
  })
  const rate = count / (performance.now() - began)
  await dismiss(server, [client])
  return { rate, cpu: cpu / count }
}

async function keys(server, count, lines) {
  const clients = await ready(server, count)
  const line = ['echo the quick brown fox jumps over the dog'.split(''), '\r\n'].flat()
  let took
  const cpu = await server.cpuOf(async () => (took = await typing(clients, line, lines)))
  await dismiss(server, clients)
  return { cpu: cpu / took.length, p50: percentile(took, 0.5) }
}

/** Resolves when all has come. */
function bulk(client, mebibytes) {
  return client.exchange(`bulk ${mebibytes}\r\n`, mebibytes * BULK_CHUNKS_PER_MIB * BULK_CHUNK_BYTES)
}

/** The most that lives at any of the moments at which it is asked. */
async function growthWhileReading(server) {
  const [client] = await ready(server, 1)
  const before = await server.ask('memory')
  const end = client.received + 64 * BULK_CHUNKS_PER_MIB * BULK_CHUNK_BYTES
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

/** What one client gets to see of a message. */
async function spoken(server, client, message) {
  let seen = ''
  client.hear = text => (seen += text)
  await server.ask('say', message)
  await until(() => seen.endsWith('echo half a li'))
  return seen
}

async function broadcast(server, clients, message, length) {
  const all = Promise.all(clients.map(client => client.exchange('', length)))
  await server.ask('say', message)
  await all
}
