/**
 * The rows for SSH, beside a bare `ssh2` server with `noDelay`. Both agree on curve25519 and
 * aes256-gcm, unless the row says otherwise; nobody is asked who they are. Cold and warm are what
 * they are for telnet.
 */
import { passes } from './cold-rows.mjs'
import { bulkBytes, PROMPT } from './dialogue.mjs'
import { perOperation, since } from './processor.mjs'
import { SshClient } from './ssh-client.mjs'
import { sendGarbage } from './ssh-garbage.mjs'
import { percentile } from './statistics.mjs'

const servers = ['ours-ssh', 'bare-ssh']
const HYBRID = 'mlkem768x25519-sha256'
const CHACHA20 = 'chacha20-poly1305@openssh.com'

export const COLD_SSH_ROWS = {
  'ssh-start': {
    servers,
    async measure(server) {
      const client = await SshClient.connect(server, PROMPT)
      const prompt = performance.now() - server.began
      client.destroy()
      return { prompt }
    },
  },

  'ssh-connect': {
    servers,
    async measure(server) {
      await promptTimes(server, 20)
      let took
      const cpu = await server.cpuOf(async () => (took = await promptTimes(server, 200)), 200)
      return { p50: percentile(took, 0.5), cpu }
    },
  },

  'ssh-commands': {
    servers,
    async measure(server) {
      const clients = await connected(server, 1)
      const cpu = count => server.cpuOf(() => commands(clients, count), count)
      const first = await cpu(1000)
      await commands(clients, 4000)
      return { first, warm: await cpu(5000) }
    },
  },

  'ssh-bulk': {
    servers: [...servers, 'ready-ssh'],
    async measure(server) {
      const client = await SshClient.connect(server, PROMPT)
      return passes(server, mebibytes => client.take(`bulk ${mebibytes}\r`, bulkBytes(mebibytes)))
    },
  },
}

export const WARM_SSH_ROWS = {
  'ssh-prompt': {
    servers,
    async measure(server) {
      return { prompt: percentile(await promptTimes(server, 60), 0.5), handshake: await handshake(server) }
    },
  },

  'ssh-hybrid': {
    servers,
    async measure(server) {
      return { handshake: await handshake(server, server.name === 'ours-ssh' ? { kex: [HYBRID] } : {}) }
    },
  },

  'ssh-crowd': {
    servers,
    async measure(server) {
      const [count, each] = [50, 100]
      const clients = await connected(server, count)
      await commands(clients, 10)
      let took
      const cpu = await server.cpuOf(async () => (took = await commands(clients, each)), count * each)
      await dismiss(server, clients)
      return { cpu, p50: percentile(took, 0.5) }
    },
  },

  'ssh-chacha': {
    servers,
    async measure(server) {
      const mebibytes = 64
      const client = await SshClient.connect(server, PROMPT, { cipher: [CHACHA20] })
      let seconds
      const cpu = await server.cpuOf(async () => {
        const began = performance.now()
        await client.take(`bulk ${mebibytes}\r`, bulkBytes(mebibytes))
        seconds = (performance.now() - began) / 1000
      }, mebibytes)
      await dismiss(server, [client])
      return { rate: mebibytes / seconds, cpu }
    },
  },

  'ssh-idle': {
    servers,
    warmUp: 1,
    async measure(server) {
      const count = 1000
      const before = await server.ask('memory')
      const clients = await connected(server, count)
      const memory = (await server.ask('memory')) - before
      await dismiss(server, clients)
      return { memory: memory / count / 1024 }
    },
  },

  'ssh-garbage': {
    servers,
    warmUp: 1,
    async measure(server) {
      const ms = 2000
      const clients = await connected(server, 20)
      const calm = await inTurns(clients, ms)
      const quiet = await server.cpuOf(() => inTurns(clients, ms))
      let attackers
      let attacked
      const busy = await server.cpuOf(async () => {
        const garbage = sendGarbage(server, 20)
        attacked = await inTurns(clients, ms)
        attackers = garbage.stop()
      })
      await dismiss(server, clients)
      return {
        calm: percentile(calm, 0.99),
        attacked: percentile(attacked, 0.99),
        cpu: perOperation(since(quiet, busy), attackers),
      }
    },
  },
}

async function promptTimes(server, count) {
  const took = []
  while (took.length < count) {
    const began = performance.now()
    const client = await SshClient.connect(server, PROMPT)
    took.push((performance.now() - began) * 1000)
    client.destroy()
  }
  await server.askUntil('sessions', open => open === 0)
  return took
}

async function handshake(server, algorithms, times = 100) {
  return server.cpuOf(async () => {
    for (let time = 0; time < times; time++) (await SshClient.logIn(server, algorithms)).destroy()
  }, times)
}

async function connected(server, count) {
  const clients = []
  while (clients.length < count) {
    const more = Array.from({ length: Math.min(10, count - clients.length) }, () => SshClient.connect(server, PROMPT))
    clients.push(...(await Promise.all(more)))
  }
  return clients
}

/**
 * Each client waits for the answer, and sends the next. Answers how long each command took, in
 * microseconds.
 */
async function commands(clients, each) {
  const took = []
  await Promise.all(
    clients.map(async client => {
      for (let time = 0; time < each; time++) {
        const sent = performance.now()
        await client.exchange('echo hello world\r', PROMPT)
        took.push((performance.now() - sent) * 1000)
      }
    }),
  )
  return took
}

/**
 * One command at a time, a few milliseconds apart, for so many milliseconds: so each waits for what
 * the server has to do for others, and for nothing else.
 */
async function inTurns(clients, ms) {
  const took = []
  const end = performance.now() + ms
  for (let turn = 0; performance.now() < end; turn++) {
    const sent = performance.now()
    await clients[turn % clients.length].exchange('echo hello world\r', PROMPT)
    took.push((performance.now() - sent) * 1000)
    await new Promise(resolve => setTimeout(resolve, 3))
  }
  return took
}

async function dismiss(server, clients) {
  for (const client of clients) client.destroy()
  await server.askUntil('sessions', open => open === 0)
}
