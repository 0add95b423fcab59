import type { AsyncContext } from './async-context.ts'
import type { Authenticator, LoginTries } from './authenticator.ts'
import type { Clock } from './time/clock.ts'
import type { Connection, Peer } from './connection.ts'
import type { ServerObserver } from './events.ts'
import type { Logger } from './log.ts'
import type { Deadlines } from './time/deadlines.ts'
import type { Scheduler } from './time/scheduler.ts'
import type { SessionLimits } from './session-limits.ts'

/** Takes connections: a shell as the servers see it. A pool of worker threads can be another. `S` is what it calls a session. */
export interface SessionHost<out S = unknown> {
  /** Who decides on logins; asked for once by each server. */
  authenticator(services: SessionServices): Authenticator
  /** Checks and freezes what is served; throws an `AnswerbackError` where it cannot be. Called once for each server, before the first connection. */
  prepare(): void
  /**
   * Begins a session on a connection. Never throws. `onClose` is called once, when the session has
   * ended with all its hooks and its connection is closed; at the earliest from within `open`.
   */
  open(connection: Connection, services: SessionServices, onClose: () => void): HostedSession<S>
}

/** What a host is given from outside, because the machines have no windows. */
export interface SessionServices {
  /** The time. */
  readonly clock: Clock
  /** Deals out the turns of the event loop. */
  readonly scheduler: Scheduler
  /** Where to report. */
  readonly log: Logger
  /** Hears what happens. Absent: nobody does. */
  readonly observer?: ServerObserver
  /** Remembers failed logins over all connections. Absent: nothing does. */
  readonly tries?: LoginTries
  /** What a session may cost. Absent: the host's own defaults. */
  readonly limits?: SessionLimits
  /** The sessions of all who are in at this server. Absent: each is alone. */
  readonly sessions?: () => readonly unknown[]
  /** Makes what tells whose code is running, for a session that goes on without one of its commands. Absent: nobody may ask its user anything until that one has ended. */
  readonly newAsyncContext?: () => AsyncContext
}

/** Of that, what a login has a use for. */
export type LoginServices = Omit<SessionServices, 'scheduler' | 'sessions' | 'newAsyncContext'>

/** A session as its server sees it. */
export interface HostedSession<out S = unknown> {
  /** Unique within the process. */
  readonly id: string
  /** The host's own session. */
  readonly session: S
  /** It waits for its user, and for nothing else: a line is being read. */
  readonly reading: boolean
  /** Shows a person what they have not asked for; a program too, on stderr, where it is the `last` that it reads. */
  tell(message: string, last?: boolean): void
  /** Ends the session, for a reason in a word or two; what was written is still delivered. Only the first end counts. */
  end(reason: string, status: number): void
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
  listen(gate: TransportHost): Promise<Listening>
}

/** A transport over sockets that somebody else accepts: `net.createServer(accept(shell, telnet()))`. */
export interface SocketTransport<in Socket, out U = never> extends Transport<U> {
  /** Checks once what does not depend on a socket; throws an `AnswerbackError`. */
  attach(gate: TransportHost): (socket: Socket) => void
}

/** What a transport needs of its server. */
export interface TransportHost {
  /** Decides on logins. */
  readonly authenticator: Authenticator
  /** The time. */
  readonly clock: Clock
  /** Deals out the turns of the event loop. */
  readonly scheduler: Scheduler
  /** Where to report. */
  readonly log: Logger
  /** For lines that a stranger can cause: one a second for each `reason`, with a `count`. */
  readonly limitedLog: Logger
  /** Looks at each connection from time to time, with one timer for all. */
  readonly deadlines: Deadlines
  /** Asked for each peer as soon as its address is known, and before anything else is done for it. */
  admit(peer: Peer): AdmissionDecision
  /** Hands a connection on to its session. `admission`: what `admit` has given it, where the session itself logs in; it need not be told then. */
  open(connection: Connection, admission?: Admission): void
}

/** Whether a peer may come in. */
export type AdmissionDecision = Admission | Refusal

/** It may. Whoever asked says what becomes of it. */
export interface Admission {
  /** Tells it from a refusal. */
  readonly type: 'admitted'
  /** Aborted as `displaced` where others are to have the place, because it has not logged in. Whoever asked names it at once; `open` does so by itself. */
  evictable: Evictable | undefined
  /** It has logged in, or need not. */
  loggedIn(): void
  /** It is gone. Once is enough. */
  release(): void
}

/** What can be cut off. */
export interface Evictable {
  /** Closes the connection at once, for a reason in a word or two. */
  abort(reason: string): void
}

/** It may not, and is told so in a line, where its protocol allows. */
export interface Refusal {
  /** Tells it from an admission. */
  readonly type: 'refused'
  /** Said to the peer. */
  readonly sentence: string
}

/** A transport at work. */
export interface Listening {
  /** Where it listens. */
  readonly address: Address
  /** Accepts no more. Connections that are open stay. */
  close(): Promise<void>
}

/** Where a server listens. */
export interface Address {
  /** The name of the transport. */
  readonly transport: string
  /** Where to connect: an address of this machine, or a path. Absent for the local terminal. */
  readonly host?: string
  /** Absent for a path and for the local terminal. */
  readonly port?: number
  /** Of a server's address: its URL, as `telnet://127.0.0.1:8023`. */
  toString(): string
}
