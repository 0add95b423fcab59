/**
 * 5. A server of your own accepts the sockets: one of `net`, or of `tls` if KEY and CERT name PEM
 * files.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { accept, createShell } from 'answerback'
import { telnet } from 'answerback/telnet'

const shell = createShell({ prompt: 'mine> ' })
  .command('peer', 'Show where you come from.', (_, { peer }) => ({ address: peer.address, secure: peer.secure }))
  .command('users', 'Count those who are connected.', (_, { others }) => `${others.length + 1} connected.`)

export const acceptor = accept(shell, telnet())

const { KEY, CERT, PORT } = process.env
export const server =
  KEY && CERT ? createTlsServer({ key: readFileSync(KEY), cert: readFileSync(CERT) }, acceptor) : createServer(acceptor)
server.maxConnections = 100
server.listen(Number(PORT ?? 8023), '127.0.0.1')
await once(server, 'listening')

const { address, port } = server.address() as AddressInfo
console.log(KEY && CERT ? `openssl s_client -quiet -connect ${address}:${port}` : `telnet ${address} ${port}`)

// Close the listener first, then the sessions.
process.once('SIGINT', () => {
  server.close()
  void acceptor.close()
})
