/**
 * A server under attack: `npm run soak` for ten minutes, `npm run soak -- 30` for half of one. Twenty users go on working, beside hundreds of bad clients; every
 * answer that they get is checked, and timed, with the attack and without.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { User } from './soak-user.mjs'

const SECONDS = Number(process.argv[2] ?? 600)
const USERS = 20
const BAD_CLIENTS = 300

const server = forked('soak-server.mjs', ['--expose-gc'])
const [{ port }] = await once(server, 'message')
const users = await Promise.all(Array.from({ length: USERS }, () => User.logIn(port)))

// A first wave, so that what is compiled, and remembered of addresses, is there before anything is measured.
await underAttack(Math.max(5, SECONDS / 10))
const before = await quiet()
const calm = await working(Math.max(5, SECONDS / 10))
const { times: attacked, attacks } = await underAttack(SECONDS)
const after = await quiet()
for (const user of users) user.leave()
const last = await ask(server, 'close')
server.disconnect()
report()

function forked(file, execArgv = []) {
  return fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv })
}

async function ask(child, what) {
  const answered = once(child, 'message')
  child.send(what)
  const [answer] = await answered
  return answer
}

/** Users work beside bad clients. */
async function underAttack(seconds) {
  const attackers = forked('soak-attacks.mjs')
  attackers.send({ port, clients: BAD_CLIENTS })
  const times = await working(seconds)
  return { times, attacks: await ask(attackers, 'stop') }
}

/** Users work for so many seconds: how long each answer took, in milliseconds, sorted. */
async function working(seconds) {
  const end = performance.now() + seconds * 1000
  const times = await Promise.all(users.map(user => user.work(end)))
  return times.flat().sort((a, b) => a - b)
}

/** What is left when the attackers have gone; stalled ones are given the time that they have. */
async function quiet() {
  for (let second = 0; second < 30; second++) {
    const state = await ask(server, 'state')
    if (state.sessions <= USERS && state.sockets <= USERS) return state
    await wait(1000)
  }
  return ask(server, 'state')
}

function report() {
  const [p99Calm, p99Attacked] = [calm, attacked].map(times => times[Math.floor(times.length * 0.99)])
  const growth = after.memory / before.memory - 1
  const rows = {
    machine: `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
    length: `${SECONDS} s, ${BAD_CLIENTS} bad clients at a time, ${USERS} users`,
    attacks: JSON.stringify(attacks.done),
    refused: JSON.stringify(last.counts.refused),
    ends: JSON.stringify(last.ends),
    'answers checked': `${calm.length} calm, ${attacked.length} under attack, all right and in order`,
    'p50 of an answer': `${at(calm, 0.5)} ms calm, ${at(attacked, 0.5)} ms under attack`,
    'p99 of an answer': `${p99Calm.toFixed(2)} ms calm, ${p99Attacked.toFixed(2)} ms under attack: ratio ${(p99Attacked / p99Calm).toFixed(1)}`,
    memory: `${mebibytes(before.memory)} before, ${mebibytes(after.memory)} after (${(growth * 100).toFixed(1)} %); resident ${mebibytes(before.rss)}, ${mebibytes(after.rss)}`,
    'left over': `${after.sessions} sessions, ${after.sockets} sockets, ${after.timers} timers, of ${before.sessions}, ${before.sockets}, ${before.timers} before; ${last.sessions}, ${last.sockets}, ${last.timers} at the end`,
  }
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(18)} ${value}`)
  if (after.sessions !== USERS || last.sockets > 0 || last.timers > 0) process.exitCode = 1
}

function at(times, share) {
  return times[Math.floor(times.length * share)].toFixed(2)
}

function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
