/**
 * What connections leave behind: `npm run churn` for a hundred thousand of them, `npm run churn -- 5000` for fewer. They end in every way there is; then the server
 * may hold no more handles, listeners or memory than before. A tenth of them comes first, so that what is made once is made.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import ssh2 from 'ssh2'

const CONNECTIONS = Number(process.argv[2] ?? 100_000)
const AT_A_TIME = 200
const MOST_GROWTH = 0.1
const LOGIN = 'joe\r\nright\r\n'

/** How each goes, where it connects to, and how many of a thousand go so: those by SSH cost us most. */
const WAYS = {
  exit: { of: 120, leave: socket => socket.write(`${LOGIN}exit\r\n`) },
  'half-closed after a command': { of: 120, leave: socket => socket.end(`${LOGIN}echo a\r\n`) },
  'half-closed at the login': { of: 120, leave: socket => socket.end() },
  'reset at once': { of: 120, leave: socket => socket.resetAndDestroy() },
  'gone at the login': { of: 90, leave: socket => heard(socket, 'destroy', 'joe\r\n') },
  'reset in a command': { of: 90, leave: socket => heard(socket, 'resetAndDestroy', `${LOGIN}hang\r\n`) },
  'gone in a command': { of: 90, leave: socket => heard(socket, 'destroy', `${LOGIN}hang\r\n`) },
  'gone while much is written': { of: 20, leave: socket => heard(socket, 'destroy', `${LOGIN}bulk\r\n`) },
  'gone in a paste': {
    of: 40,
    leave: socket => heard(socket, 'destroy', `${LOGIN}\x1b[200~${'pasted\n'.repeat(5000)}`),
  },
  'a browser': { of: 50, leave: socket => socket.write('GET / HTTP/1.1\r\n\r\n') },
  'an unfinished subnegotiation': { of: 60, leave: socket => socket.end(Uint8Array.of(255, 250, 24)) },
  refused: { of: 50, port: 'closed', leave: () => {} },
  'wrong passwords': { of: 2, leave: socket => socket.write('joe\r\nx\r\njoe\r\nx\r\njoe\r\nx\r\n') },
  idle: { of: 2, leave: socket => socket.write(LOGIN) },
  'SSH, gone after its version': { of: 10, port: 'secure', leave: socket => heard(socket, 'destroy', 'SSH-2.0-x\r\n') },
  'SSH, gone in the key exchange': { of: 8, port: 'secure', leave: socket => shakeHands(socket, 'handshake') },
  'SSH, gone after the login': { of: 4, port: 'secure', leave: socket => shakeHands(socket, 'ready') },
  'SSH, with a command': { of: 4, port: 'secure', leave: runBySsh },
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const server = fork('tools/churn-server.mjs', { execArgv: ['--expose-gc'] })
const [ports] = await once(server, 'message')
await come(CONNECTIONS / 10)
const before = await quiet()
const began = performance.now()
const came = await come(CONNECTIONS)
const seconds = (performance.now() - began) / 1000
const after = await quiet()
server.disconnect()
report()

async function come(count) {
  const queue = Object.entries(WAYS).flatMap(([name, { of }]) => Array(Math.ceil((count * of) / 1000)).fill(name))
  shuffle(queue)
  const came = queue.length
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) await comeAndGo(WAYS[name])
    }),
  )
  return came
}

async function comeAndGo({ port = 'plain', leave }) {
  const socket = connect({ port: ports[port], host: '127.0.0.1', noDelay: true })
  const gone = new Promise(resolve => socket.once('close', resolve))
  socket.on('error', () => {}).once('connect', () => leave(socket))
  if (port !== 'secure') socket.resume()
  await gone
}

/** Says something, and is gone when anything is heard. */
function heard(socket, goes, says) {
  socket.write(says)
  socket.once('data', () => socket[goes]())
}

function shakeHands(sock, event) {
  return new ssh2.Client()
    .on('error', () => {})
    .once(event, () => sock.destroy())
    .connect({ sock, username: 'joe', password: 'right' })
}

function runBySsh(sock) {
  const client = shakeHands(sock, 'close')
  client.once('ready', () => client.exec('echo a', (_, channel) => channel?.resume().once('close', () => client.end())))
}

/** When all have gone: a command whose user has sent the end of the input may run for another minute. */
async function quiet() {
  for (let second = 0; second < 90; second++) {
    if ((await ask()).sessions === 0) break
    await wait(1000)
  }
  await wait(2000)
  return ask()
}

async function ask() {
  const answered = once(server, 'message')
  server.send('state')
  const [state] = await answered
  return state
}

function report() {
  const growth = after.memory / before.memory - 1
  const rows = {
    machine: `${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
    connections: `${came} in ${Object.keys(WAYS).length} ways, ${AT_A_TIME} at a time, in ${seconds.toFixed(0)} s`,
    ends: JSON.stringify(after.ends),
    sessions: `${after.sessions} left`,
    handles: `${before.handles} before, ${after.handles} after`,
    listeners: `${before.listeners} before, ${after.listeners} after`,
    memory: `${mebibytes(before.memory)} before, ${mebibytes(after.memory)} after (${(growth * 100).toFixed(1)} %)`,
  }
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(12)} ${value}`)
  const left = after.sessions > 0 || after.handles > before.handles || after.listeners > before.listeners
  if (left || growth > MOST_GROWTH) process.exitCode = 1
}

function mebibytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(2)} MiB`
}

function shuffle(list) {
  for (let last = list.length - 1; last > 0; last--) {
    const at = Math.floor(Math.random() * (last + 1))
    ;[list[last], list[at]] = [list[at], list[last]]
  }
}
