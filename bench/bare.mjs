/** The yardstick: a bare `net` server that does the same with no protocol. Lines are split; echo, reply and prompt leave in one write. */
import { createServer } from 'node:net'
import { BULK_CHUNK, BULK_CHUNKS_PER_MIB, PROMPT } from './dialogue.mjs'

export async function start() {
  const sockets = new Set()
  let ended = 0
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    converse(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      ended++
    })
  })
  await new Promise(resolve => server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, resolve))
  return {
    port: server.address().port,
    sessions: () => sockets.size,
    ended: () => ended,
    say: text => {
      for (const socket of sockets) socket.write(text)
    },
  }
}

function converse(socket) {
  let line = ''
  socket.write(PROMPT)
  socket.on('data', bytes => {
    const text = bytes.toString()
    let out = ''
    let from = 0
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', from)) {
      const piece = text.slice(from, end)
      out += `${piece}\r\n${reply(line + piece, socket)}${PROMPT}`
      line = ''
      from = end + 2
    }
    if (from < text.length) {
      const piece = text.slice(from)
      line += piece
      out += piece
    }
    socket.write(out)
  })
}

function reply(line, socket) {
  if (line.startsWith('echo ')) return `${line.slice(5)}\r\n`
  if (line.startsWith('bulk ')) void bulk(socket, Number(line.slice(5)))
  return ''
}

async function bulk(socket, mebibytes) {
  for (let chunk = 0; chunk < mebibytes * BULK_CHUNKS_PER_MIB && !socket.destroyed; chunk++) {
    if (!socket.write(BULK_CHUNK.replaceAll('\n', '\r\n'))) await drained(socket)
  }
  socket.write(PROMPT)
}

function drained(socket) {
  return new Promise(resolve => {
    const done = () => {
      socket.off('drain', done).off('close', done)
      resolve()
    }
    socket.on('drain', done).on('close', done)
  })
}
