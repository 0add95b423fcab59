/**
 * A bare `net` server that sends what ours does to a terminal that connects, answer for answer, and
 * understands nothing of it: what the packets alone cost.
 */
import { createServer } from 'node:net'
import { PROMPT } from './dialogue.mjs'

const [IAC, DO, WILL, SB, SE] = [255, 253, 251, 250, 240]
const [ECHO, SGA, TTYPE, NAWS, NEW_ENVIRON, CHARSET] = [1, 3, 24, 31, 39, 42]
const PACKETS = [
  [[IAC, WILL, SGA, IAC, DO, TTYPE, IAC, DO, NAWS], PROMPT],
  [[IAC, SB, TTYPE, 1, IAC, SE], ''],
  [[IAC, WILL, ECHO, IAC, DO, NEW_ENVIRON, IAC, WILL, CHARSET], '\x1b[?2004h'],
].map(([bytes, text]) => Buffer.concat([Buffer.from(bytes), Buffer.from(text)]))

export async function start() {
  let sessions = 0
  const server = createServer({ noDelay: true }, socket => {
    let sent = 0
    const send = () => sent < PACKETS.length && socket.write(PACKETS[sent++])
    sessions++
    send()
    socket.on('data', send)
    socket.on('error', () => {})
    socket.on('close', () => sessions--)
  })
  await new Promise(resolve => server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, resolve))
  return { port: server.address().port, sessions: () => sessions, close: () => server.close() }
}
