/** What bad clients do, for as long as they are left to. Each attack is given a socket that has connected, and ends in a few seconds. */
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const ATTACKS = {
  async type(socket) {
    logIn(socket)
    for (let i = 0; i < 50 && socket.writable; i++) {
      socket.write(
        pick(['\x1b[A', '\x7f', '\x01', '\x05', '\x0b', '\x12e', '\t', '日本', 'echo hi', '\r\n', '"', '\\']),
      )
      await wait(20)
    }
  },
  async paste(socket) {
    logIn(socket)
    socket.write(`\x1b[200~${'pasted text, and more of it\n'.repeat(20_000)}\x1b[201~`)
    socket.write('z'.repeat(500_000))
    await wait(2000)
  },
  async commands(socket) {
    logIn(socket)
    socket.write('echo one of many\r\n'.repeat(5000))
    await wait(2000)
  },
  async resize(socket) {
    logIn(socket)
    for (let i = 0; i < 200 && socket.writable; i++) {
      socket.write(Uint8Array.of(IAC, SB, 31, ...[0, random(256), 0, random(256)].flatMap(doubled), IAC, SE))
      if (i % 20 === 0) await wait(20)
    }
  },
  async options(socket) {
    const storm = Uint8Array.from({ length: 30_000 }, (_, i) => [IAC, 251 + random(4), random(256)][i % 3])
    socket.write(storm)
    socket.write(Uint8Array.of(IAC, SB, 24, ...new Uint8Array(100_000)))
    await wait(1000)
  },
  async stall(socket) {
    logIn(socket)
    socket.pause()
    socket.write(`${pick(['flood', 'bulk'])}\r\n`)
    await wait(8000)
  },
  async reset(socket) {
    logIn(socket)
    socket.write('bulk\r\n')
    await wait(random(200))
    socket.resetAndDestroy()
  },
  async halfClose(socket) {
    logIn(socket)
    socket.end('echo a\r\nbulk\r\necho b')
    await wait(1000)
  },
  async logins(socket) {
    for (let i = 0; i < 4 && socket.writable; i++) {
      socket.write(`root\r\nguess${i}\r\n`)
      await wait(500)
    }
  },
  async errors(socket) {
    logIn(socket)
    socket.write('throw\r\nnope\r\n'.repeat(20))
    socket.write('say \u001b[2Jhello\u202e\r\n'.repeat(20))
    await wait(500)
  },
  async scan(socket) {
    socket.write(pick(['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'SSH-2.0-Go\r\n', '\x16\x03\x01\0\x2e\x01\0', '\0\0\0\0']))
    await wait(500)
  },
  async silence() {
    await wait(5000)
  },
  async comeAndGo(socket, port) {
    const { localAddress } = socket
    const others = Array.from({ length: 40 }, () =>
      connect({ port, host: '127.0.0.1', localAddress })
        .on('error', () => {})
        .on('data', first),
    )
    await wait(100)
    for (const other of others) other.destroy()
  },
}

const [IAC, SB, SE] = [255, 250, 240]
const NAMES = Object.keys(ATTACKS)
const done = Object.fromEntries(Object.keys(ATTACKS).map(name => [name, 0]))
const state = { going: true, refused: 0 }

process.on('disconnect', () => process.exit())
process.on('message', what => {
  if (what.port === undefined) state.going = false
  else void attackAll(what.port, what.clients)
})

async function attackAll(port, clients) {
  await Promise.all(Array.from({ length: clients }, (_, i) => attack(port, 1 + (i % 20))))
  process.send({ done, refused: state.refused }, () => process.exit())
}

/** Each kind of attack comes from addresses of its own, or what one of them is refused for would stop the others. */
async function attack(port, host) {
  while (state.going) {
    const name = pick(NAMES)
    const localAddress = `127.0.${1 + NAMES.indexOf(name)}.${host}`
    const socket = connect({
      port,
      host: '127.0.0.1',
      localAddress,
      noDelay: true,
      allowHalfOpen: name === 'halfClose',
    })
    socket.on('error', () => {}).on('data', first)
    if (await connected(socket)) await ATTACKS[name](socket, port).catch(() => {})
    if (pick([true, false])) socket.destroy()
    else socket.resetAndDestroy()
    done[name] += 1
    await wait(100 + random(400))
  }
}

/** The first that is heard of a server that refuses is why. */
function first(bytes) {
  this.off('data', first)
  if (/^(?:Too many|You connect)/.test(bytes.toString('latin1'))) state.refused += 1
  this.resume()
}

function connected(socket) {
  return new Promise(resolve => {
    socket.once('connect', () => resolve(true)).once('close', () => resolve(false))
  })
}

function logIn(socket) {
  socket.write('mallory\r\nright\r\n')
}

function doubled(byte) {
  return byte === IAC ? [IAC, IAC] : [byte]
}

function pick(list) {
  return list[random(list.length)]
}

function random(below) {
  return Math.floor(Math.random() * below)
}
