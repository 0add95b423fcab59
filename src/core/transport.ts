import type { Authenticator } from './authenticator.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { Logger } from './log.ts'

/** Takes connections: a shell as the servers see it. A pool of worker threads can be another. `S` is what it calls a session. */
export interface Host<out S = unknown> {
  /** Who decides on logins; asked for once by each server. */
  authenticator(tools: Tools): Authenticator
  /** Checks and freezes what is served; throws an `AnswerbackError` where it cannot be. Called once for each server, before the first connection. */
  prepare(): void
  /** Begins a session on a connection. Never throws. */
  open(connection: Connection, tools: Tools): HostedSession<S>
}

/** What a host is given from outside, because the machines have no windows. */
export interface Tools {
  readonly clock: Clock
  readonly log: Logger
}

/** A session as its server sees it. */
export interface HostedSession<out S = unknown> {
  readonly id: string
  readonly session: S
  /** Resolves when the session has ended, with all its hooks. Never rejects. */
  readonly ended: Promise<void>
  /** Tells the user, lets a running command finish, and ends; `force` does not wait. */
  shutdown(message: string, force: boolean): void
}

/** Accepts peers of one kind and makes connections. `U` is what it makes of a user by itself; `never`: it leaves that to the shell. A value: `listen` may be called more than once. */
export interface Transport<out U = never> {
  /** What it makes of everybody who connects; absent: the shell asks. */
  readonly identity?: U

  /** `telnet`, `ssh`, … */
  readonly name: string
  /** Begins to listen; rejects with an `AnswerbackError` in one sentence when it cannot. */
  listen(gate: Gate): Promise<Listening>
}

/** A transport over sockets that somebody else accepts: `net.createServer(accept(shell, telnet()))`. */
export interface SocketTransport<in Socket, out U = never> extends Transport<U> {
  /** Checks once what does not depend on a socket; throws an `AnswerbackError`. */
  attach(gate: Gate): (socket: Socket) => void
}

/** What a transport needs of its server. */
export interface Gate {
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly log: Logger
  /** Hands a connection on to its session. */
  open(connection: Connection): void
}

/** A transport at work. */
export interface Listening {
  readonly address: Address
  /** Accepts no more. Connections that are open stay. */
  close(): Promise<void>
}

export interface Address {
  readonly transport: string
  /** Where to connect: an address of this machine, or a path. Absent for the local terminal. */
  readonly host?: string
  readonly port?: number
}
