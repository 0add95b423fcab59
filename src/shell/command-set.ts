import { AnswerbackError } from '../core/errors.ts'
import type { About, Command, HandlerOf } from './command.ts'
import { readUsage } from './usage-reader.ts'
import type { Usage } from './usage.ts'
import { checkValidators } from './validate.ts'
import type { Validators } from './validate.ts'

/** Commands that run for any user that is a `User`, in any session whose state is a `State`. */
export interface Commands<in User, in State> {
  readonly commands: readonly Command<User, State>[]
}

/** Collects commands; both a set and a shell do. */
export abstract class Collector<User, State> implements Commands<User, State> {
  abstract readonly commands: readonly Command<User, State>[]
  protected abstract add(command: Command<any, any>): void

  /**
   * Declares a command: `'timer <seconds:number> <message...>'` names it, types the handler's arguments, reads and checks what users type, and
   * is its help. `about` is the summary for the list of commands, or everything about the command. What the handler returns is the response: text,
   * a stream of text, nothing, or a value, which people see as a table or a list. A usage text that cannot be read is an error of the compiler; of
   * one that is only known at run time, an `AnswerbackError` (`USAGE`).
   */
  command<const U extends string, S = {}>(
    usage: Usage<U>,
    about: string | About<U, S>,
    handler: HandlerOf<User, State, U, S>,
  ): this {
    this.add(newCommand(usage as string, typeof about === 'string' ? { summary: about } : (about as LooseAbout), handler))
    return this
  }
}

/** Commands apart from a shell, to be shared by several: `lobby.use(admin)`. */
export class CommandSet<User, State> extends Collector<User, State> {
  readonly #commands: Command<User, State>[] = []

  get commands(): readonly Command<User, State>[] {
    return this.#commands
  }

  protected override add(command: Command): void {
    this.#commands.push(command)
  }
}

/**
 * Begins a set of commands. `User` is what they need `session.user` to be, `State` the same of `session.state`; a shell whose users are less
 * is refused by the compiler where it uses the set. Default: any user will do.
 */
export function commands<User = unknown, State = unknown>(): CommandSet<User, State> {
  return new CommandSet()
}

/** The same command under another prefix: `mounted('admin', …)` turns `kick` into `admin kick`. */
export function mounted(prefix: string, command: Command): Command {
  const usage = readUsage(`${prefix} ${command.usage.text}`)
  return { ...command, usage }
}

/** `About`, where the types of one command do not matter any more. */
export interface LooseAbout {
  readonly summary?: string
  readonly help?: string
  readonly hidden?: boolean
  readonly args?: Validators
}

/** Reads and checks a declaration. */
export function newCommand(usage: string, about: LooseAbout, handler: (...given: any[]) => unknown, replaceable = false): Command {
  const read = readUsage(usage)
  if (about.args) checkValidators(read, about.args)
  if (typeof handler !== 'function') throw new AnswerbackError('USAGE', { usage, reason: 'its handler is not a function' })
  return { ...about, usage: read, hidden: about.hidden ?? false, handler: handler as Command['handler'], replaceable }
}
