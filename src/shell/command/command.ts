import type { AccessCheck } from './allow.ts'
import type { HandlerResult } from './answer.ts'
import type { CompletionProvider } from './completer.ts'
import type { Invocation } from './invocation.ts'
import type { Session } from '../session/session.ts'
import type { ArgsOf, Inferred, Schemas } from '../usage/types.ts'
import type { UsageText } from '../usage/text.ts'
import type { Validators } from '../usage/validate.ts'

/** What a command is, beside its usage text. A string in its place is the summary. */
export interface CommandOptions<U extends string, S = {}, User = any, State = any> {
  /** What it does, in one line, for the list of commands. */
  summary?: string
  /** What it does, at length, for `help NAME`. Without a summary, lines of three parts: parameters / one line / the rest. */
  help?: string
  /**
   * The parameters, as help shows them.
   * @default as the usage text declares them
   */
  parameters?: string
  /** A line for help about each parameter or flag, by its name among the arguments. */
  notes?: { [K in keyof ArgsOf<U>]?: string }
  /**
   * Not in the list of commands, not completed, but found by `help NAME`.
   * @default false
   */
  hidden?: boolean
  /**
   * Who may run it; for everybody else there is no such command. Asked at every call, list and
   * completion.
   * @default everybody
   */
  allow?: AccessCheck<User, State>
  /** Validators by parameter name, of any library that speaks Standard Schema (zod, valibot, arktype). What they give is what the handler gets. */
  args?: Schemas<U, S>
  /** What Tab offers, by parameter name: a list, or a function of what is typed and the session. */
  complete?: { [K in keyof ArgsOf<U>]?: CompletionProvider<User, State> }
}

/** Runs a command: its arguments as the usage text declares them, the session, and the call. What it returns is the response. */
export type Handler<User, State, Args> = (
  args: Args,
  session: Session<User, State>,
  invocation: Invocation,
) => HandlerResult

/** A handler's type, from the usage text and the validators. */
export type HandlerOf<User, State, U extends string, S> = Handler<User, State, Inferred<U, S>>

/** A command, as the shell holds it. */
export interface Command<in User = any, in State = any> extends Described {
  readonly usage: UsageText
  readonly hidden: boolean
  readonly handler: Handler<User, State, any>
  /** Its own, and those of the sets that it came with: all must agree. */
  readonly allow?: readonly AccessCheck<any, any>[]
  /** A built-in: a command of the same name takes its place without a word. */
  readonly replaceable: boolean
}

/** `CommandOptions`, where the types of one command do not matter any more. */
export interface LooseCommandOptions extends Described {
  readonly hidden?: boolean
  readonly allow?: AccessCheck<any, any>
}

interface Described {
  readonly summary?: string
  readonly help?: string
  readonly parameters?: string
  readonly notes?: Readonly<Record<string, string>>
  readonly args?: Validators
  readonly complete?: Readonly<Record<string, CompletionProvider<any, any>>>
}
