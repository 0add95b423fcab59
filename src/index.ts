/** answerback: one interactive shell, served over any number of transports. */
export { createShell, shellOf } from './shell/shell.ts'
export type { Joined, Shell } from './shell/shell.ts'
export { commands } from './shell/command-set.ts'
export type { Commands, CommandSet, SetOptions } from './shell/command-set.ts'
export { command } from './shell/decorator.ts'
export type { CommandDecorator, ParamsOf } from './shell/decorator.ts'
export type { SessionClass } from './shell/session-class.ts'
export { describe } from './shell/describe.ts'
export { accept, serve } from './serve.ts'
export type { Acceptor, CloseOptions, Counts, Limits, LogCommands, RefusalReason } from './serve.ts'
export type { ServeOptions, Server, ServerOptions, ServerState, SlowReader } from './serve.ts'

export type { ShellOptions } from './shell/options.ts'
export type { HistoryOptions, LineOptions } from './shell/line-options.ts'
export { MemoryHistory } from './editor/history/store.ts'
export type { HistoryStore } from './editor/history/store.ts'
export type { HistoryPolicy } from './editor/history/entries.ts'
export type { KeyBindings } from './editor/keys/map.ts'
export type { ActionName } from './editor/actions/table.ts'
export type { Span } from './terminal/layout.ts'
export type { About, Handler } from './shell/command.ts'
export type { ArgsOf, Usage } from './shell/usage.ts'
export type { Answer, Returned } from './shell/answer.ts'
export type { Invocation } from './shell/invocation.ts'
export type { Allow } from './shell/allow.ts'
export type { Middleware, Next } from './shell/middleware.ts'
export type { Completer, Offer } from './shell/completer.ts'
export type { Candidate } from './shell/completion.ts'
export type { EndHook, ErrorHook, StartHook, UnknownHook } from './shell/hooks.ts'
export { Session } from './shell/session.ts'
export type { TerminalSize } from './shell/facts.ts'
export type {
  Choice,
  ConfirmOptions,
  Judge,
  ReadLineOptions,
  SecretOptions,
  SelectOptions,
} from './shell/read-line-options.ts'
export type { Progress, Spinner } from './shell/status-area.ts'
export type { Voice, Voices } from './shell/voices.ts'
export type { Ask, Auth, AuthOf, UserOf } from './shell/auth.ts'
export { safe, trusted } from './core/safe-text.ts'
export type { SafeText, SafeValue } from './core/safe-text.ts'
export { sanitize } from './core/sanitize.ts'
export { WordReader } from './shell/words.ts'
export type { InputReader, LocatedWord, WordReaderOptions } from './shell/words.ts'
export type { Escapes } from './shell/escapes.ts'
export type { StandardSchemaV1 } from './shell/standard-schema.ts'

export { AnswerbackError, InputEnded, Interrupted, SessionEnded } from './core/errors.ts'
export type { Audience, ErrorCode } from './core/errors.ts'
export { fail, Failure } from './core/failure.ts'
export type { FailOptions } from './core/failure.ts'
export type { Cancel, Clock } from './core/clock.ts'
export type { Logger, LogFields } from './core/log.ts'
export type { Observer, ServerEvent } from './core/events.ts'
export type { AuthMethod, Challenge, LoginTries, PublicKey } from './core/authenticator.ts'
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
  Gate,
  Guest,
  Host,
  HostedSession,
  Keeper,
  Listening,
  Pass,
  Refusal,
  SocketTransport,
  Tools,
  Transport,
} from './core/transport.ts'
export type { SessionLimits } from './core/session-limits.ts'
