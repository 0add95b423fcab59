import type { Returned } from './answer.ts'
import type { Invocation } from './invocation.ts'
import type { Session } from './session.ts'
import type { Inferred, Schemas } from './usage.ts'
import type { UsageText } from './usage-reader.ts'
import type { Validators } from './validate.ts'

/** What a command is, beside its usage text. A string in its place is the summary. */
export interface About<U extends string, S> {
  /** What it does, in one line, for the list of commands. */
  summary?: string
  /** What it does, at length, for `help NAME`. Without a summary, a text of three parts: parameters / one line / the rest. */
  help?: string
  /** Not in the list of commands, but found by `help NAME`. Default false. */
  hidden?: boolean
  /** Validators by parameter name, of any library that speaks Standard Schema (zod, valibot, arktype). What they give is what the handler gets. */
  args?: Schemas<U, S>
}

/** Runs a command: its arguments as the usage text declares them, the session, and the call. What it returns is the response. */
export type Handler<User, State, Args> = (args: Args, session: Session<User, State>, invocation: Invocation) => Returned

/** A handler's type, from the usage text and the validators. */
export type HandlerOf<User, State, U extends string, S> = Handler<User, State, Inferred<U, S>>

/** A command, as the shell holds it. */
export interface Command<in User = any, in State = any> {
  readonly usage: UsageText
  readonly summary?: string
  readonly help?: string
  readonly hidden: boolean
  readonly args?: Validators
  readonly handler: Handler<User, State, any>
  /** A built-in: a command of the same name takes its place without a word. */
  readonly replaceable: boolean
}
