/**
 * A server under attack: `npm run soak` for ten minutes, `npm run soak -- 30` for half of one. Twenty users go on working, beside hundreds of bad clients; every
 * answer that they get is checked, and timed, with the attack and without.
 */
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const SECONDS = Number(process.argv[2] ?? 600)
const USERS = 20
const BAD_CLIENTS = 300
const SERVER_CORE = '0'
const CLIENT_CORE = '1'

const server = forked('soak-server.mjs', ['--expose-gc'])
const [{ port }] = await once(server, 'message')
const users = forked('soak-users.mjs')
const others = [process, users, server]
// The server's other threads, which help to collect garbage, do not take the place of the one that answers.
const pins =
  cpus().length > 1 && others.every(({ pid }) => pin(pid, CLIENT_CORE, '--all-tasks')) && pin(server.pid, SERVER_CORE)
// Else the figures would tell how long users wait for the attackers' process, which would be on other machines.
const first = run('renice', '-n', -20, '-p', users.pid)
await ask(users, { task: 'logIn', port, count: USERS })

// A first wave, so that what is compiled, and remembered of addresses, is there before anything is measured.
await underAttack(Math.max(5, SECONDS / 10))
const before = await quiet()
const calm = await working(Math.max(5, SECONDS / 10))
const { attacks, ...attacked } = await underAttack(SECONDS)
const after = await quiet()
await ask(users, { task: 'leave' })
const last = await ask(server, 'close')
server.disconnect()
users.disconnect()
report()

/** Answers whether it could be run, and was allowed. */
function run(program, ...options) {
  return spawnSync(program, options.map(String)).status === 0
}

function pin(pid, core, ...options) {
  return run('taskset', ...options, '-c', '-p', core, pid)
}

function forked(file, flags = []) {
  return fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: flags })
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
  if (pins) pin(attackers.pid, CLIENT_CORE, '--all-tasks')
  const idle = run('chrt', '--all-tasks', '--idle', '--pid', 0, attackers.pid)
  attackers.send({ port, clients: BAD_CLIENTS })
  const work = await working(seconds)
  return { ...work, idle, attacks: await ask(attackers, 'stop') }
}

/** Users work for so many seconds. */
async function working(seconds) {
  await ask(server, 'load')
  const work = await ask(users, { task: 'work', seconds })
  return { ...work, load: await ask(server, 'load') }
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
  const growth = after.memory / before.memory - 1
  const rows = {
    machine: `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
    cores: pins
      ? `the server's main thread has one of its own; on the other, users go before ${first ? 'all' : 'no'} others, and attackers behind ${attacked.idle ? 'all' : 'no'} others`
      : 'shared by all',
    length: `${SECONDS} s, ${BAD_CLIENTS} bad clients at a time, ${USERS} users`,
    attacks: JSON.stringify(attacks.done),
    refused: JSON.stringify(last.counts.refused),
    ends: JSON.stringify(last.ends),
    'answers checked': `${calm.times.length} calm, ${attacked.times.length} under attack, all right and in order`,
    'p50 of an answer': compared(({ times }) => at(times, 0.5)),
    'p99 of an answer': compared(({ times }) => at(times, 0.99)),
    'p99 of a turn': compared(({ load }) => load.turn),
    'p99 of lateness of the users themselves': compared(({ late }) => late),
    'processor of the server': `${percent(calm.load.busy)} calm, ${percent(attacked.load.busy)} under attack`,
    memory: `${mebibytes(before.memory)} before, ${mebibytes(after.memory)} after (${percent(growth)}); resident ${mebibytes(before.rss)}, ${mebibytes(after.rss)}`,
    'left over': `${after.sessions} sessions, ${after.sockets} sockets, ${after.timers} timers, of ${before.sessions}, ${before.sockets}, ${before.timers} before; ${last.sessions}, ${last.sockets}, ${last.timers} at the end`,
  }
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(18)} ${value}`)
  if (after.sessions !== USERS || last.sockets > 0 || last.timers > 0) process.exitCode = 1
}

function compared(figure) {
  const [quiet, loud] = [calm, attacked].map(figure)
  return `${quiet.toFixed(2)} ms calm, ${loud.toFixed(2)} ms under attack (${(loud / quiet).toFixed(1)} ×)`
}

function at(times, share) {
  return times[Math.floor(times.length * share)]
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}

function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
