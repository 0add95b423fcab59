import type { AccessCheck } from './allow.ts'
import type { HandlerResult } from './answer.ts'
import type { CompletionProvider } from './completer.ts'
import type { Invocation } from './invocation.ts'
import type { Session } from '../session/session.ts'
import type { ArgsOf, Inferred, Schemas } from '../usage/types.ts'
import type { UsageText } from '../usage/text.ts'
import type { Validators } from '../usage/validate.ts'

/** What a command is, besides its usage text. A string instead of it is the summary. */
export interface CommandOptions<U extends string, S = {}, User = any, State = any> {
  /** What the command does, in one line, for the list of commands. */
  summary?: string
  /**
   * What the command does, at length, for `help NAME`. Without a summary, it is lines of three
   * parts: parameters / one line / the rest.
   */
  help?: string
  /**
   * The parameters, as help shows them.
   * @default as the usage text declares them
   */
  parameters?: string
  /** A line for help about each parameter or flag, by its name among the arguments. */
  notes?: { [K in keyof ArgsOf<U>]?: string }
  /**
   * Whether the command is left out of the list of commands and of completion. `help NAME` still
   * finds it.
   * @default false
   */
  hidden?: boolean
  /**
   * Decides which sessions may run the command; for all others it does not exist. Called at every
   * run, list and completion.
   * @default everybody
   */
  allow?: AccessCheck<User, State>
  /**
   * Validators by parameter name, of any library that implements Standard Schema (zod, valibot,
   * arktype). The handler gets what they return.
   */
  args?: Schemas<U, S>
  /**
   * What Tab offers, by parameter name: a list, or a function of the typed text and the session.
   */
  complete?: { [K in keyof ArgsOf<U>]?: CompletionProvider<User, State> }
}

/**
 * Runs a command, with its arguments as the usage text declares them, the session, and the call.
 * What it returns is the response.
 */
export type Handler<User, State, Args> = (
  args: Args,
  session: Session<User, State>,
  invocation: Invocation,
) => HandlerResult

/** A handler's type, from the usage text and the validators. */
export type HandlerOf<User, State, U extends string, S> = Handler<User, State, Inferred<U, S>>

/** A command, as the shell keeps it. */
export interface Command<in User = any, in State = any> extends Described {
  readonly usage: UsageText
  readonly hidden: boolean
  readonly handler: Handler<User, State, any>
  /** The command's own checks, and those of the sets that it came with: all must agree. */
  readonly allow?: readonly AccessCheck<any, any>[]
  /** Whether the command is a built-in: a command of the same name replaces it silently. */
  readonly replaceable: boolean
}

/** `CommandOptions` without the types of one command. */
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
