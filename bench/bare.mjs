/**
 * The yardstick: a bare `net` server that does the same with no protocol. Lines are split; echo,
 * reply and prompt leave in one write.
 */
import { createServer } from 'node:net'
import { BULK_CHUNKS_PER_MIB, BULK_WIRE, convertedChunk, PROMPT } from './dialogue.mjs'

/**
 * `ready`: output lies ready for the wire; otherwise each chunk is converted, as a server must that
 * is given text.
 */
export async function start({ ready = false }) {
  const sockets = new Set()
  let ended = 0
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    converse(socket, ready ? () => BULK_WIRE : convertedChunk)
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

function converse(socket, chunk) {
  let line = ''
  socket.write(PROMPT)
  socket.on('data', bytes => {
    const text = bytes.toString()
    let out = ''
    let from = 0
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', from)) {
      const piece = text.slice(from, end)
      out += `${piece}\r\n${reply(line + piece, socket, chunk)}${PROMPT}`
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

function reply(line, socket, chunk) {
  if (line.startsWith('echo ')) return `${line.slice(5)}\r\n`
  if (line.startsWith('bulk ')) void bulk(socket, chunk, Number(line.slice(5)))
  return ''
}

async function bulk(socket, chunk, mebibytes) {
  for (let written = 0; written < mebibytes * BULK_CHUNKS_PER_MIB && !socket.destroyed; written++) {
    if (!socket.write(chunk())) await drained(socket)
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
