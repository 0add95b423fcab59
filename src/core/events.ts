import type { AuthMethod } from './authenticator.ts'
import type { ConnectionRequest, Peer, Traffic } from './connection.ts'

/**
 * What an operator may want to know, as it happens: plain data. Times are milliseconds. Names are
 * as users gave them: escape them before they reach a terminal. No event holds masked input.
 */
export type ServerEvent =
  /** The server accepts connections. */
  | { readonly type: 'listen'; readonly transport: string; readonly host?: string; readonly port?: number }
  /** A peer was refused before anything was done for it. `reason` names the limit. */
  | { readonly type: 'refuse'; readonly peer: Peer; readonly reason: string }
  /** A user has logged in. */
  | {
      readonly type: 'login'
      readonly peer: Peer
      readonly name: string
      readonly method: AuthMethod
      /** The fingerprint, for a key. */
      readonly fingerprint?: string
    }
  /** A login has failed. `final` means that no try is left. A queried key counts as well. */
  | {
      readonly type: 'login-failure'
      readonly peer: Peer
      readonly name: string
      readonly method: AuthMethod
      /** The fingerprint, for a readable key. */
      readonly fingerprint?: string
      /** The fault of the key or its signature, if that is the reason. */
      readonly reason?: string
      readonly final: boolean
    }
  /** A session has begun, after its login. */
  | {
      readonly type: 'start'
      readonly session: string
      readonly peer: Peer
      readonly name: string
      readonly request: ConnectionRequest['type']
    }
  /** A command has run, or was refused. `words` holds all typed words, if requested. */
  | {
      readonly type: 'command'
      readonly session: string
      readonly name: string
      /** Its name, as declared; empty if none ran. */
      readonly command: string
      /**
       * Why none ran: it is unknown, or denied to this user. The user reads the same message for
       * both.
       */
      readonly refused?: 'unknown' | 'denied'
      /** What did not run: the name of a denied command, or the first word of an unknown one. */
      readonly tried?: string
      readonly words?: readonly string[]
      /** It was not typed: the program has run it, by `session.run`. */
      readonly nested?: true
      readonly status: number
      /** In milliseconds, with microseconds as decimals. */
      readonly duration: number
    }
  /** A session has ended, or a connection without one. */
  | {
      readonly type: 'end'
      readonly session: string
      /** Whether the session had begun, after its login. */
      readonly begun: boolean
      readonly peer: Peer
      readonly name: string
      readonly reason: string
      /** In milliseconds, with microseconds as decimals. */
      readonly duration: number
      readonly traffic?: Traffic
    }
  /** The server accepts no more connections; `sessions` are still open. */
  | { readonly type: 'close'; readonly sessions: number }

/** Receives events. Never throws. */
export interface ServerObserver {
  /** What it needs of each command, apart from other listeners. */
  readonly commands: 'no' | 'names' | 'words'
  /** Where it passes events of commands on: with a subscriber it needs at least their names. */
  readonly commandChannel?: { readonly hasSubscribers: boolean }
  /** Takes one event. Never throws. */
  report(event: ServerEvent): void
}
