/**
 * answerback: one interactive shell, served over any number of transports. What somebody who writes
 * a shell needs; what somebody who writes a transport needs is in `answerback/transport`.
 */
export { createShell, shellOf } from './shell/shell.ts'
export type { ExtendedState, Shell } from './shell/shell.ts'
export { commandSet } from './shell/command/set.ts'
export type { CommandCollection, CommandSet, CommandSetOptions } from './shell/command/set.ts'
export { command } from './shell/class/decorator.ts'
export type { CommandDecorator, MethodArgsOf } from './shell/class/decorator.ts'
export type { SessionClass } from './shell/class/session-class.ts'
export { reference } from './shell/command/reference.ts'
export { accept, serve } from './serve.ts'
export type { Acceptor, CloseOptions, ServerCounts, ServerLimits, LogCommands, RefusalReason } from './serve.ts'
export type { ServeOptions, Server, ServerOptions, ServerState, SlowReaderPolicy } from './serve.ts'

export type { ShellOptions } from './shell/settings/options.ts'
export type { HistoryOptions, LineOptions } from './shell/settings/line-options.ts'
export type { HistoryPolicy } from './editor/history/entries.ts'
export type { KeyBindings } from './editor/keys/map.ts'
export type { EditorAction } from './editor/actions/table.ts'
export type { StyledSpan } from './terminal/layout.ts'
export type { CommandOptions, Handler } from './shell/command/command.ts'
export type { ArgsOf, Usage } from './shell/usage/types.ts'
export type { HandlerValue, HandlerResult } from './shell/command/answer.ts'
export type { Invocation } from './shell/command/invocation.ts'
export type { AccessCheck } from './shell/command/allow.ts'
export type { Middleware, NextFunction } from './shell/run/middleware.ts'
export type { CompletionProvider, CompletionItems } from './shell/command/completer.ts'
export type { CompletionItem } from './shell/line/completion.ts'
export type { EndHook, ErrorHook, StartHook, UnknownHook } from './shell/run/hooks.ts'
export { Session } from './shell/session/session.ts'
export type { TerminalSize } from './shell/session/facts.ts'
export type {
  Choice,
  ConfirmOptions,
  LineValidator,
  ReadLineOptions,
  SecretOptions,
  SelectOptions,
} from './shell/ask/options.ts'
export type { Progress, Spinner } from './shell/session/status-area.ts'
export type { Voice, Voices } from './shell/session/voices.ts'
export type { Ask, AuthOptions, AuthOptionsFor, UserOf } from './shell/login/auth.ts'
export { safe, trusted } from './core/text/safe-text.ts'
export type { SafeText, SafeValue } from './core/text/safe-text.ts'
export { sanitize } from './core/text/sanitize.ts'
export { WordReader } from './shell/words/reader.ts'
export type { InputReader, LocatedWord } from './shell/words/input-reader.ts'
export type { WordReaderOptions } from './shell/words/reader.ts'
export type { EscapeStyle } from './shell/words/escapes.ts'
export type { StandardSchemaV1 } from './shell/usage/standard-schema.ts'

export { AnswerbackError, InputEnded, Interrupted, SessionEnded } from './core/options/errors.ts'
export type { ErrorAudience, ErrorCode } from './core/options/errors.ts'
export { fail, Failure } from './core/options/failure.ts'
export type { FailureOptions } from './core/options/failure.ts'
export type { Logger, LogFields } from './core/log.ts'
export type { ServerEvent } from './core/events.ts'
export type { PublicKey } from './core/authenticator.ts'
export type { Peer, Terminal } from './core/connection.ts'
