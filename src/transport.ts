/**
 * The contracts between shells, servers and transports. They serve transports of your own, and what
 * you can pass to a server, such as a clock or a memory of failed logins.
 */
export type { Cancel, Clock } from './core/time/clock.ts'
export type { Scheduler } from './core/time/scheduler.ts'
export type { ServerObserver } from './core/events.ts'
export type { AsyncContext } from './core/async-context.ts'
export type {
  Authenticator,
  AuthMethod,
  Challenge,
  Credentials,
  InteractiveCredentials,
  KeyGrant,
  KeyPolicy,
  Login,
  LoginTries,
  PublicKeyCredentials,
  LoginVerdict,
} from './core/authenticator.ts'
export type { Deadlines, Scheduled } from './core/time/deadlines.ts'
export { LARGEST_WINDOW, UNKNOWN_TERMINAL, windowSize } from './core/connection.ts'
export type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionRequest,
  ConnectionSink,
  Environment,
  Identity,
  OutputStream,
  Peer,
  Terminal,
  TerminalModes,
  Traffic,
} from './core/connection.ts'
export type {
  Address,
  Admission,
  AdmissionDecision,
  Evictable,
  HostedSession,
  Listening,
  Refusal,
  SessionHost,
  SessionServices,
  SocketTransport,
  Transport,
  TransportHost,
} from './core/transport.ts'
export type { SessionLimits } from './core/session-limits.ts'
export type { Logger } from './core/log.ts'
export { AnswerbackError } from './core/options/errors.ts'
export type { ErrorCode } from './core/options/errors.ts'
