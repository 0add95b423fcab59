/**
 * Clients that send an SSH server what no client sends: one kind after the other, so many a second,
 * each of them gone after a second.
 */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { SshClient } from './ssh-client.mjs'

const VERSION = 'SSH-2.0-garbage\r\n'
const KEXINIT = [
  'curve25519-sha256',
  'ssh-ed25519',
  ...Array(2).fill('aes256-gcm@openssh.com'),
  ...Array(2).fill('hmac-sha2-256-etm@openssh.com'),
  ...Array(2).fill('none'),
  '',
  '',
]
/** As many names as fit into the largest packet. */
const MANY_NAMES = Array(17_000).fill('a').join(',')

/** What each sends, given its socket. */
const KINDS = {
  random: socket => socket.write(randomBytes(65_536)),
  'version without an end': socket => socket.write('SSH-2.0-'.padEnd(1_000_000, 'x')),
  'version and no more': socket => socket.write(VERSION),
  'version and random': socket => socket.write(Buffer.concat([Buffer.from(VERSION), randomBytes(65_536)])),
  'packet of 4 GiB': socket => socket.write(Buffer.concat([Buffer.from(VERSION), Buffer.alloc(65_536, 255)])),
  'KEXINIT of 17,000 names': socket => socket.write(Buffer.concat([Buffer.from(VERSION), kexInit(MANY_NAMES)])),
  'half a KEXINIT': socket => socket.write(Buffer.concat([Buffer.from(VERSION), kexInit().subarray(0, 100)])),
  'half a handshake': socket => socket.write(Buffer.concat([Buffer.from(VERSION), kexInit(), packet(30, publicKey())])),
  'random, encrypted': (_, server) => SshClient.logIn(server).then(sendRandom),
}

/** Begins; `stop` ends it, and tells how many there were. */
export function sendGarbage(server, perSecond) {
  const sockets = new Set()
  const kinds = Object.values(KINDS)
  let count = 0
  const timer = setInterval(() => {
    const socket = connect({ port: server.port, host: '127.0.0.1' })
    const kind = kinds[count++ % kinds.length]
    sockets.add(socket)
    socket.on('error', () => {}).resume()
    socket.once('connect', () => void Promise.resolve(kind(socket, server)).catch(() => {}))
    setTimeout(() => sockets.delete(socket.destroy()), 1000)
  }, 1000 / perSecond)
  return {
    stop() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      return count
    },
  }
}

function sendRandom(client) {
  for (let message = 0; message < 50; message++) client.send(randomBytes(1 + (message % 40) * 50))
  setTimeout(() => client.destroy(), 1000)
}

function kexInit(names = KEXINIT[0]) {
  const lists = [names, ...KEXINIT.slice(1)].map(string)
  return packet(20, Buffer.concat([randomBytes(16), ...lists, Buffer.alloc(5)]))
}

function publicKey() {
  return string(randomBytes(32))
}

/** Before there are keys (RFC 4253 §6). */
function packet(type, content) {
  const padding = 8 + ((8 - ((6 + content.length + 8) % 8)) % 8)
  const head = Buffer.alloc(6)
  head.writeUInt32BE(2 + content.length + padding)
  head[4] = padding
  head[5] = type
  return Buffer.concat([head, content, Buffer.alloc(padding)])
}

function string(content) {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
