import type { AddressInfo, Server } from 'node:net'
import { AnswerbackError } from '../../core/options/errors.ts'
import type { Listening } from '../../core/transport.ts'

/** Makes a server listen; what can go wrong is said in one sentence. */
export function listen(server: Server, transport: string, at: { port: number; host: string }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(sentenceFor(error, transport, `${at.host}:${at.port}`)),
    )
    server.listen({ ...at, backlog: BACKLOG }, () => {
      server.removeAllListeners('error')
      // Accepting can fail later, when the process has too many files open. The next one may
      // succeed.
      server.on('error', () => {})
      resolve(listening(server, transport))
    })
  })
}

/** Connections that may wait to be accepted; the system lowers it to its own limit. */
const BACKLOG = 1024

function listening(server: Server, transport: string): Listening {
  const { address, port } = server.address() as AddressInfo
  return {
    address: { transport, host: address, port },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

const SENTENCES: Readonly<Record<string, 'ADDRESS_IN_USE' | 'ADDRESS_DENIED' | 'ADDRESS_UNAVAILABLE'>> = {
  EADDRINUSE: 'ADDRESS_IN_USE',
  EACCES: 'ADDRESS_DENIED',
  EADDRNOTAVAIL: 'ADDRESS_UNAVAILABLE',
  ENOTFOUND: 'ADDRESS_UNAVAILABLE',
}

function sentenceFor(error: NodeJS.ErrnoException, transport: string, address: string): AnswerbackError {
  // None of the others names more values than this one.
  const code = (SENTENCES[error.code ?? ''] ?? 'LISTEN') as 'LISTEN'
  return new AnswerbackError(code, { transport, address, reason: error.message }, { cause: error })
}
