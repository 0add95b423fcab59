import { UNKNOWN_TERMINAL } from '../core/connection.ts'
import type { ConnectionFacts, ConnectionRequest, Environment, Identity, Peer, Terminal } from '../core/connection.ts'

/** What is known of a session's user, now: of the connection, of the login, and of the terminal as it changes. */
export class SessionFacts {
  /** Unique within the process. */
  readonly id: string
  readonly peer: Peer
  readonly request: ConnectionRequest
  /** Somebody sits at a terminal. */
  readonly interactive: boolean
  terminal: Terminal
  environment: Environment
  /** `undefined` until somebody has logged in. */
  identity: Identity | undefined

  constructor(connection: ConnectionFacts) {
    this.id = connection.id
    this.peer = connection.peer
    this.request = connection.request
    this.interactive = connection.terminal !== undefined
    this.terminal = connection.terminal ?? UNKNOWN_TERMINAL
    this.environment = connection.environment
    this.identity = connection.identity
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
