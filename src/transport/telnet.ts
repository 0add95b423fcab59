import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { AnswerbackError } from '../core/errors.ts'
import type { Identity } from '../core/connection.ts'
import type { Gate, Listening, SocketTransport } from '../core/transport.ts'
import { listen } from './listen.ts'
import { TelnetConnection } from './telnet-connection.ts'

/** Where to listen. */
export interface ListenAt {
  /** 0: one that the system chooses; `server.addresses` says which. */
  port: number
  /** An address or a name of this machine. Default `127.0.0.1`: only this machine itself can connect. */
  host?: string
}

export interface TelnetOptions {
  /** `{ as }`: whoever connects here is that identity, and is not asked. `user` becomes `session.user`. Default: the shell's own authentication. */
  auth?: { as: ListenerIdentity }
}

/** An identity that a listener gives. */
export interface ListenerIdentity {
  /** `session.name`. */
  readonly name: string
  /** `session.user`. Default: `{ name }`. */
  readonly user?: unknown
}

/**
 * Telnet (RFC 854), in the clear: for loopback, for networks that are trusted, and inside TLS. `telnet(8023)` listens on loopback;
 * `telnet({ port: 23, host: '0.0.0.0' })` on every address. Without a port it is for sockets that are accepted elsewhere: `accept(shell, telnet())`.
 */
export function telnet(at?: number | ListenAt, options: TelnetOptions = {}): SocketTransport<Socket> {
  return new TelnetTransport(typeof at === 'number' ? { port: at } : at, options)
}

class TelnetTransport implements SocketTransport<Socket> {
  readonly name = 'telnet'
  readonly #at: ListenAt | undefined
  readonly #identity: Identity | undefined

  constructor(at: ListenAt | undefined, options: TelnetOptions) {
    this.#at = at
    this.#identity = identityOf(options)
  }

  async listen(gate: Gate): Promise<Listening> {
    if (this.#at === undefined) throw new AnswerbackError('OPTION', { option: 'listen', value: 'telnet()', way: 'give it a port: telnet(8023)' })
    const { port, host = '127.0.0.1' } = this.#at
    const server: Server = createServer({ noDelay: true, allowHalfOpen: true }, this.attach(gate))
    return listen(server, this.name, { port, host })
  }

  attach(gate: Gate): (socket: Socket) => void {
    checkMethods(gate, this.#identity)
    return socket => {
      // Whoever accepted the socket may have left Nagle's algorithm on (44 ms for each command), and closes the socket at FIN unless told.
      socket.setNoDelay?.(true)
      socket.allowHalfOpen = true
      gate.open(new TelnetConnection(socket, gate.clock, this.#identity))
    }
  }
}

/** Telnet carries a dialogue on the screen: names, passwords, questions. Keys it cannot. */
function checkMethods(gate: Gate, identity: Identity | undefined): void {
  const { policy, methods } = gate.authenticator
  if (identity !== undefined || policy !== 'guarded' || methods.some(method => method !== 'publicKey')) return
  throw new AnswerbackError('NO_METHOD', { transport: 'telnet', can: 'name, keyboardInteractive and password', has: methods.join(', ') })
}

export function identityOf(options: TelnetOptions): Identity | undefined {
  const as = options.auth?.as
  return as && { name: as.name, user: as.user ?? { name: as.name } }
}
