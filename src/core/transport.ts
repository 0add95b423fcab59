import type { AsyncContext } from './async-context.ts'
import type { Authenticator, LoginTries } from './authenticator.ts'
import type { Clock } from './time/clock.ts'
import type { Connection, Peer } from './connection.ts'
import type { ServerObserver } from './events.ts'
import type { Logger } from './log.ts'
import type { Deadlines } from './time/deadlines.ts'
import type { Scheduler } from './time/scheduler.ts'
import type { SessionLimits } from './session-limits.ts'

/**
 * Accepts connections: a shell as the servers see it. A pool of worker threads can be another. `S`
 * is its type of a session.
 */
export interface SessionHost<out S = unknown> {
  /** Returns what decides on logins; called once by each server. */
  authenticator(services: SessionServices): Authenticator
  /**
   * Checks and freezes what is served; throws an `AnswerbackError` if it is invalid. Called once by
   * each server, before the first connection.
   */
  prepare(): void
  /**
   * Begins a session on a connection. Never throws. `onClose` is called once, when the session has
   * ended with all its hooks and its connection is closed. The earliest call is from within `open`.
   */
  open(connection: Connection, services: SessionServices, onClose: () => void): HostedSession<S>
}

/** What a host receives from outside, because the pure code has no access to the platform. */
export interface SessionServices {
  /** The time. */
  readonly clock: Clock
  /** Deals out the turns of the event loop. */
  readonly scheduler: Scheduler
  /** Where to report. */
  readonly log: Logger
  /** Receives events. If absent, no events are reported. */
  readonly observer?: ServerObserver
  /** Remembers failed logins over all connections. If absent, none are remembered. */
  readonly tries?: LoginTries
  /** What a session may cost. If absent, the host's own defaults hold. */
  readonly limits?: SessionLimits
  /** Returns the sessions of all users of this server. If absent, each session is alone. */
  readonly sessions?: () => readonly unknown[]
  /**
   * Creates the context that tells whose code is running, for a session that continues without one
   * of its commands. If absent, no code may ask the user anything until that command has ended.
   */
  readonly newAsyncContext?: () => AsyncContext
}

/** The services that a login uses. */
export type LoginServices = Omit<SessionServices, 'scheduler' | 'sessions' | 'newAsyncContext'>

/** A session as its server sees it. */
export interface HostedSession<out S = unknown> {
  /** Unique within the process. */
  readonly id: string
  /** The host's own session. */
  readonly session: S
  /** Whether it only waits for its user: a line is being read. */
  readonly reading: boolean
  /** Shows a person an unrequested message; a program reads only the `last` one, on stderr. */
  tell(message: string, last?: boolean): void
  /**
   * Ends the session, for a reason in a word or two; its output is still delivered. Only the first
   * end counts.
   */
  end(reason: string, status: number): void
  /** Notifies the user, lets a running command finish, and ends; `force` does not wait. */
  shutdown(message: string, force: boolean): void
}

/**
 * Accepts peers of one kind and makes connections. `U` is the user type that it sets by itself;
 * `never` leaves that to the shell. It is a value: `listen` may be called more than once.
 */
export interface Transport<out U = never> {
  /** The identity of every peer; if absent, the shell asks. */
  readonly identity?: U

  /** `telnet`, `ssh`, … */
  readonly name: string
  /**
   * Begins to listen; rejects with an `AnswerbackError` in one sentence if it cannot, such as
   * `new AnswerbackError('LISTEN', { transport, address, reason })`.
   */
  listen(host: TransportHost): Promise<Listening>
}

/**
 * A transport over sockets that other code accepts: `net.createServer(accept(shell, telnet()))`.
 */
export interface SocketTransport<in Socket, out U = never> extends Transport<U> {
  /** Checks once what does not depend on a socket; throws an `AnswerbackError`. */
  attach(host: TransportHost): (socket: Socket) => void
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
  /**
   * For lines that an unauthenticated peer can cause: one a second for each `reason`, with a
   * `count`.
   */
  readonly limitedLog: Logger
  /** Checks each connection from time to time, with one timer for all. */
  readonly deadlines: Deadlines
  /** Decides on a peer as soon as its address is known, before anything else is done for it. */
  admit(peer: Peer): AdmissionDecision
  /**
   * Passes a connection on to its session. `admission` is the result of `admit`, if the session
   * itself logs in; it then reports the login itself.
   */
  open(connection: Connection, admission?: Admission): void
}

/** Whether a peer may connect. */
export type AdmissionDecision = Admission | Refusal

/** An admitted peer. The caller reports what becomes of it. */
export interface Admission {
  /** Tells it from a refusal. */
  readonly type: 'admitted'
  /**
   * Aborted as `displaced` when it is evicted before a login. The caller sets it at once; `open`
   * does so by itself.
   */
  evictable: Evictable | undefined
  /** Records that it has logged in, or need not. */
  loggedIn(): void
  /**
   * Records that it has left; once is enough. `open` calls it for an admission that it was given,
   * when the session has ended or was refused. For any other the transport calls it.
   */
  release(): void
}

/** A connection that can be evicted. */
export interface Evictable {
  /** Closes the connection at once, for a reason in a word or two. */
  abort(reason: string): void
}

/** A refused peer, which reads a line about it if its protocol allows. */
export interface Refusal {
  /** Tells it from an admission. */
  readonly type: 'refused'
  /** Said to the peer. */
  readonly sentence: string
}

/** A listening transport. */
export interface Listening {
  /** Where it listens. */
  readonly address: Address
  /** Stops accepting. Open connections stay. */
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
