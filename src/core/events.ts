import type { AuthMethod } from './authenticator.ts'
import type { ConnectionRequest, Peer, Traffic } from './connection.ts'

/**
 * What an operator may want to know, as it happens: plain data. Times are milliseconds, names are as users gave them: escape them before they reach a terminal.
 * Nothing that was typed without an echo is in any of them.
 */
export type ServerEvent =
  /** Connections are taken. */
  | { readonly type: 'listen'; readonly transport: string; readonly host?: string; readonly port?: number }
  /** A peer was turned away, before anything was done for it. `reason`: the limit. */
  | { readonly type: 'refuse'; readonly peer: Peer; readonly reason: string }
  /** Somebody has proved who they are. */
  | {
      readonly type: 'login'
      readonly peer: Peer
      readonly name: string
      readonly method: AuthMethod
      /** Of the key, where it was one. */
      readonly fingerprint?: string
    }
  /**
   * Somebody has not. `final`: no further try was left. A key that was only asked about counts as
   * well.
   */
  | {
      readonly type: 'login-failure'
      readonly peer: Peer
      readonly name: string
      readonly method: AuthMethod
      /** Of the key, where it was one that can be read. */
      readonly fingerprint?: string
      /** What is wrong with the key or its signature, where it is that. */
      readonly reason?: string
      readonly final: boolean
    }
  /** A session begins: its user is in. */
  | {
      readonly type: 'start'
      readonly session: string
      readonly peer: Peer
      readonly name: string
      readonly request: ConnectionRequest['type']
    }
  /** A command has been run, or refused. `words`: all that was typed, where that was asked for. */
  | {
      readonly type: 'command'
      readonly session: string
      readonly name: string
      /** Its name, as declared; empty where none was run. */
      readonly command: string
      /**
       * Why none was run: there is none, or this user may not run it. The user is told the same of
       * both.
       */
      readonly refused?: 'unknown' | 'denied'
      /**
       * What none was run of: the name of the command, where it is denied; the first word that was
       * typed, where it is unknown.
       */
      readonly tried?: string
      readonly words?: readonly string[]
      readonly status: number
      /** In milliseconds, with the microseconds behind the point. */
      readonly duration: number
    }
  /** A session has ended, or a connection on which none had begun. */
  | {
      readonly type: 'end'
      readonly session: string
      /** The session had begun: its user was in. */
      readonly begun: boolean
      readonly peer: Peer
      readonly name: string
      readonly reason: string
      /** In milliseconds, with the microseconds behind the point. */
      readonly duration: number
      readonly traffic?: Traffic
    }
  /** No more connections are taken; `sessions` are still open. */
  | { readonly type: 'close'; readonly sessions: number }

/** Hears what happens. Never throws. */
export interface ServerObserver {
  /** What it wants to hear of each command, whoever else listens. */
  readonly commands: 'no' | 'names' | 'words'
  /** Where it passes events of commands on: with a subscriber it wants to hear their names at least. */
  readonly commandChannel?: { readonly hasSubscribers: boolean }
  /** Takes one event. Never throws. */
  report(event: ServerEvent): void
}
