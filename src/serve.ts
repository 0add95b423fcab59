import type { Address, Gate, Host, HostedSession, Listening, SocketTransport, Tools, Transport } from './core/transport.ts'
import type { Authenticator } from './core/authenticator.ts'
import type { Clock } from './core/clock.ts'
import type { Connection } from './core/connection.ts'
import { AnswerbackError } from './core/errors.ts'
import { SILENT } from './core/log.ts'
import type { Logger } from './core/log.ts'
import { CONSOLE_LOG } from './transport/console-log.ts'
import { isLoopback } from './transport/loopback.ts'
import { SYSTEM_CLOCK } from './transport/system-clock.ts'

export interface ServerOptions {
  /** Where to report: a pino logger fits as it is. `false`: nowhere. Default: warnings and errors, on standard error. */
  log?: Logger | false
  /** The time. Default: this machine's. */
  clock?: Clock
}

export interface ServeOptions extends ServerOptions {
  /** The transports to listen with: `[telnet(8023)]`. */
  listen: readonly Transport[]
}

export interface CloseOptions {
  /** Told to everybody who is connected. Default: `The server is shutting down.` Empty: nothing is said. */
  message?: string
  /** How many milliseconds running commands have to end; then they are aborted. Default 10,000. */
  within?: number
}

/** Shells being served. */
export interface Server<S> {
  /** Where it listens, in the order of `listen`; with the port that the system has chosen where 0 was asked for. */
  readonly addresses: readonly Address[]
  /** The sessions that are open now. */
  readonly sessions: readonly S[]
  /**
   * Accepts no more, tells the users, lets running commands end until the deadline, delivers what was written, and closes every connection. Resolves when all
   * is over. Called again, it waits no longer.
   */
  close(options?: CloseOptions): Promise<void>
}

/** A function for one's own server: `net.createServer(accept(shell, telnet()))`. */
export interface Acceptor<Socket, S> extends Omit<Server<S>, 'addresses'> {
  (socket: Socket): void
}

/**
 * Serves a shell over all transports that are named: `await serve(shell, { listen: [telnet(8023)] })`. Resolves when every one of them listens;
 * rejects with an `AnswerbackError` in one sentence, and listens nowhere, when one cannot. A shell without authentication is served on loopback only, unless
 * it says `auth: 'open'`.
 */
export async function serve<S>(shell: Host<S>, options: ServeOptions): Promise<Server<S>> {
  shell.prepare()
  const door = new Door(shell, options)
  const listening: Listening[] = []
  const close = async (closing?: CloseOptions): Promise<void> => {
    await Promise.all([...listening.map(each => each.close()), door.close(closing)])
  }
  try {
    for (const transport of options.listen) {
      const each = await transport.listen(door)
      listening.push(each)
      door.check(each.address.host)
    }
  } catch (error) {
    await close({ message: '', within: 0 })
    throw error
  }
  return {
    addresses: listening.map(({ address }) => address),
    get sessions() {
      return door.sessions
    },
    close,
  }
}

/**
 * Serves a shell on sockets that somebody else accepts, of `net`, `tls` or anything like them: `net.createServer(accept(shell, telnet()))`. Guards and limits are the
 * same as with `serve`; closing the server that accepts is its owner's.
 */
export function accept<Socket, S>(shell: Host<S>, transport: SocketTransport<Socket>, options: ServerOptions = {}): Acceptor<Socket, S> {
  shell.prepare()
  const door = new Door(shell, options)
  const acceptor = transport.attach(door) as Acceptor<Socket, S>
  Object.defineProperty(acceptor, 'sessions', { get: () => door.sessions })
  return Object.assign(acceptor, { close: (closing?: CloseOptions) => door.close(closing) })
}

/** Where connections become sessions, and are kept track of until they end. */
class Door<S> implements Gate {
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly log: Logger
  readonly #host: Host<S>
  readonly #tools: Tools
  readonly #open: Set<HostedSession<S>> = new Set()
  #closing = false

  constructor(host: Host<S>, options: ServerOptions) {
    this.clock = options.clock ?? SYSTEM_CLOCK
    this.log = options.log === false ? SILENT : (options.log ?? CONSOLE_LOG)
    this.#tools = { clock: this.clock, log: this.log }
    this.#host = host
    this.authenticator = host.authenticator(this.#tools)
  }

  get sessions(): readonly S[] {
    return [...this.#open].map(({ session }) => session)
  }

  /** Throws where a shell without authentication would be open to others than this machine's own users. */
  check(address: string | undefined): void {
    if (this.authenticator.policy !== 'none' || address === undefined || isLoopback(address)) return
    throw new AnswerbackError('OPEN_TO_ALL', { address })
  }

  open(connection: Connection): void {
    if (this.#closing) return connection.abort('shutdown')
    try {
      this.check(connection.facts.peer.localAddress)
    } catch (err) {
      this.log.error({ err, peer: connection.facts.peer }, 'connection refused')
      return connection.abort('refused')
    }
    const session = this.#host.open(connection, this.#tools)
    this.#open.add(session)
    void session.ended.then(() => this.#open.delete(session))
  }

  async close({ message = 'The server is shutting down.', within = 10_000 }: CloseOptions = {}): Promise<void> {
    const force = this.#closing || within <= 0
    this.#closing = true
    const sessions = [...this.#open]
    for (const session of sessions) session.shutdown(message, force)
    const cancel = this.clock.after(Math.max(0, within), () => sessions.forEach(session => session.shutdown('', true)))
    await Promise.all(sessions.map(({ ended }) => ended))
    cancel()
  }
}
