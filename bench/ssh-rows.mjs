/**
 * The rows of the budget for SSH, against a bare `ssh2` server with `noDelay`. Both agree on curve25519 and aes256-gcm, unless the row says
 * otherwise; nobody is asked who they are.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BULK_CHUNK_BYTES, BULK_CHUNKS_PER_MIB, PROMPT } from './dialogue.mjs'
import { HYBRID, SshClient } from './ssh-client.mjs'
import { sendGarbage } from './ssh-garbage.mjs'
import { percentile } from './statistics.mjs'

const servers = { ours: 'ours-ssh', bare: 'bare-ssh' }
const options = { hostKey: hostKey() }
const CHACHA20 = 'chacha20-poly1305@openssh.com'

export const SSH_ROWS = {
  'ssh-prompt': {
    servers,
    options,
    figures: {
      prompt: { name: 'SSH: connect → first prompt, p50', unit: 'µs', must: 1.2, superb: 1 },
      handshake: { name: 'SSH: connection and login, CPU for each', unit: 'µs', must: 1.2, superb: 0.8 },
    },
    async measure(server) {
      return { prompt: await timeToPrompt(server), handshake: await handshake(server) }
    },
  },

  'ssh-hybrid': {
    servers,
    options,
    figures: {
      handshake: { name: 'SSH: the same with ML-KEM, the bare one with curve25519', unit: 'µs' },
    },
    async measure(server) {
      return { handshake: await handshake(server, server.kind === 'bare-ssh' ? {} : { kex: [HYBRID] }) }
    },
  },

  'ssh-commands': {
    servers,
    options,
    figures: {
      few: { name: 'SSH: CPU per command, 50 clients', unit: 'µs', must: 1.5, superb: 1.2 },
      p50: { name: 'SSH: command to prompt, 50 clients, p50', unit: 'µs' },
    },
    async measure(server) {
      const [count, each] = [50, 100]
      const clients = await connected(server, count)
      await commands(clients, 10)
      let took = []
      const cpu = await server.cpuOf(async () => (took = await commands(clients, each)))
      await dismiss(server, clients)
      return { few: cpu / count / each, p50: percentile(took, 0.5) }
    },
  },

  'ssh-idle': {
    servers,
    options,
    figures: {
      memory: { name: 'SSH: live memory for each of 1000 idle sessions', unit: 'KiB', must: 1.3, superb: 1.1 },
    },
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
    options,
    figures: {
      calm: { name: 'SSH: command to prompt, 20 clients one after another, p99', unit: 'µs' },
      attacked: { name: 'the same while 20 connections a second send garbage', unit: 'µs' },
      cpu: { name: 'the same, CPU for each of those connections', unit: 'µs' },
    },
    async measure(server) {
      const clients = await connected(server, 20)
      const calm = await inTurns(clients, 3000)
      const quiet = await server.cpuOf(() => inTurns(clients, 3000))
      let attackers = 0
      let attacked = []
      const cpu = await server.cpuOf(async () => {
        const garbage = sendGarbage(server, 20)
        attacked = await inTurns(clients, 3000)
        attackers = garbage.stop()
      })
      await dismiss(server, clients)
      return {
        calm: percentile(calm, 0.99),
        attacked: percentile(attacked, 0.99),
        cpu: (cpu - quiet) / attackers,
      }
    },
  },

  'ssh-bulk': {
    servers,
    options,
    figures: {
      gcm: { name: 'SSH: bulk output, 64 MiB, aes256-gcm', unit: 'MiB/s', must: 0.8, superb: 0.95, atLeast: true },
      gcmCpu: { name: 'the same, CPU for each MiB', unit: 'µs' },
      chacha: {
        name: 'SSH: bulk output, 64 MiB, chacha20-poly1305',
        unit: 'MiB/s',
        must: 0.8,
        superb: 0.95,
        atLeast: true,
      },
      chachaCpu: { name: 'the same, CPU for each MiB', unit: 'µs' },
    },
    async measure(server) {
      const gcm = await bulk(server, {})
      const chacha = await bulk(server, { cipher: [CHACHA20] })
      return { gcm: gcm.rate, gcmCpu: gcm.cpu, chacha: chacha.rate, chachaCpu: chacha.cpu }
    },
  },
}

function hostKey() {
  const path = join(mkdtempSync(join(tmpdir(), 'answerback-bench-')), 'host_key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path])
  return path
}

async function timeToPrompt(server, times = 60) {
  const took = []
  for (let time = 0; time < times; time++) {
    const began = performance.now()
    const client = await SshClient.connect(server, PROMPT)
    took.push((performance.now() - began) * 1000)
    client.destroy()
  }
  await server.askUntil('sessions', open => open === 0)
  return percentile(took, 0.5)
}

async function handshake(server, algorithms, times = 100) {
  const cpu = await server.cpuOf(async () => {
    for (let time = 0; time < times; time++) (await SshClient.logIn(server, algorithms)).destroy()
  })
  return cpu / times
}

async function connected(server, count) {
  const clients = []
  while (clients.length < count)
    clients.push(...(await Promise.all(Array.from({ length: 10 }, () => SshClient.connect(server, PROMPT)))))
  return clients
}

/** Each client waits for the answer, and sends the next. Answers how long each command took, in microseconds. */
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

/** One command at a time, a few milliseconds apart, for so many milliseconds: so each waits for what the server has to do for others, and for nothing else. */
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

async function bulk(server, algorithms) {
  const mebibytes = 64
  const client = await SshClient.connect(server, PROMPT, algorithms)
  const began = performance.now()
  const cpu = await server.cpuOf(() =>
    client.take(`bulk ${mebibytes}\r`, mebibytes * BULK_CHUNKS_PER_MIB * BULK_CHUNK_BYTES),
  )
  const seconds = (performance.now() - began) / 1000
  await dismiss(server, [client])
  return { rate: mebibytes / seconds, cpu: cpu / mebibytes }
}

async function dismiss(server, clients) {
  for (const client of clients) client.destroy()
  await server.askUntil('sessions', open => open === 0)
}
