import { UNKNOWN_TERMINAL } from '../core/connection.ts'
import type { ConnectionFacts, ConnectionRequest, Environment, Identity, Peer, Terminal } from '../core/connection.ts'

/** What is known of a session's user, now: of the connection, of the login, and of the terminal as it changes. */
export class SessionFacts {
  readonly #connection: ConnectionFacts
  terminal: Terminal
  environment: Environment
  /** `undefined` until somebody has logged in. */
  identity: Identity | undefined

  constructor(connection: ConnectionFacts) {
    this.#connection = connection
    this.terminal = connection.terminal ?? UNKNOWN_TERMINAL
    this.environment = connection.environment
    this.identity = connection.identity
  }

  /** Unique within the process. */
  get id(): string {
    return this.#connection.id
  }

  get peer(): Peer {
    return this.#connection.peer
  }

  get request(): ConnectionRequest {
    return this.#connection.request
  }

  /** Somebody sits at a terminal. */
  get interactive(): boolean {
    return this.#connection.terminal !== undefined
  }

  /** A person wants a shell; programs and single commands are told nothing but what they have asked for. */
  get greeted(): boolean {
    return this.interactive && this.request.type === 'shell'
  }

  /** What the authentication made of the login. */
  get user(): unknown {
    return this.identity?.user
  }

  /** As given at login; empty where nobody was asked. */
  get name(): string {
    return this.identity?.name ?? ''
  }
}
