/**
 * The yardstick for SSH: an `ssh2` server as its documentation writes it, with `noDelay`, that does
 * what the bare server does.
 */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { BULK_CHUNKS_PER_MIB, BULK_WIRE, convertedChunk, PROMPT } from './dialogue.mjs'

const { Server } = createRequire(import.meta.url)('ssh2')

/** `ready`: output lies ready for the wire; otherwise each chunk is converted. */
export async function start({ hostKey, ready = false }) {
  const chunk = ready ? () => BULK_WIRE : convertedChunk
  const clients = new Set()
  let ended = 0
  const server = new Server({ hostKeys: [readFileSync(hostKey)] }, client => {
    client.setNoDelay(true)
    clients.add(client)
    client.on('authentication', context => context.accept())
    client.on('session', accept => serveSession(accept(), chunk))
    client.on('error', () => {})
    client.on('close', () => {
      clients.delete(client)
      ended++
    })
  })
  await new Promise(resolve => server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, resolve))
  return { port: server.address().port, sessions: () => clients.size, ended: () => ended, say: () => {} }
}

function serveSession(session, chunk) {
  session.on('pty', accept => accept())
  session.on('shell', accept => converse(accept(), chunk))
}

function converse(channel, chunk) {
  let line = ''
  channel.write(PROMPT)
  channel.on('error', () => {})
  channel.on('data', bytes => {
    const text = bytes.toString()
    let out = ''
    let from = 0
    for (let end = text.indexOf('\r'); end >= 0; end = text.indexOf('\r', from)) {
      const piece = text.slice(from, end)
      out += `${piece}\r\n${reply(line + piece, channel, chunk)}${PROMPT}`
      line = ''
      from = end + 1
    }
    line += text.slice(from)
    channel.write(out + text.slice(from))
  })
}

function reply(line, channel, chunk) {
  if (line.startsWith('echo ')) return `${line.slice(5)}\r\n`
  if (line.startsWith('bulk ')) void bulk(channel, chunk, Number(line.slice(5)))
  return ''
}

async function bulk(channel, chunk, mebibytes) {
  for (let written = 0; written < mebibytes * BULK_CHUNKS_PER_MIB && channel.writable; written++)
    if (!channel.write(chunk())) await new Promise(resolve => channel.once('drain', resolve).once('close', resolve))
}
