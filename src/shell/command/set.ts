import { AnswerbackError } from '../../core/options/errors.ts'
import { aBoolean, aFunction, checkOptions } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import type { AccessCheck } from './allow.ts'
import { checkDeclaration } from './checks.ts'
import type { CommandOptions, Command, HandlerOf, LooseCommandOptions } from './command.ts'
import { namesOf } from './help.ts'
import { readUsage } from '../usage/reader.ts'
import type { Usage } from '../usage/types.ts'
import { checkKeys } from '../usage/validate.ts'

/** Commands that run for any user that is a `User`, in any session whose state is a `State`. */
export interface CommandCollection<in User, in State> {
  /** The commands, in the order of declaration. */
  readonly commands: readonly Command<User, State>[]
}

/** Collects commands, as a set and a shell both do. */
export abstract class Collector<User, State> implements CommandCollection<User, State> {
  abstract readonly commands: readonly Command<User, State>[]
  protected abstract add(command: Command): void

  /**
   * Declares a command. Its usage text, `'timer <seconds:number> <message...>'`, names it, types
   * the handler's arguments, reads and checks the input, and is its help. `about` is the summary
   * for the list of commands, or everything about the command. What the handler returns is the
   * response: text, a stream of text, nothing, or a value. Users see a value as a table or a list,
   * programs as JSON. A usage text that cannot be read is a compile error. If it is only known at
   * run time, it throws an `AnswerbackError` (`USAGE`).
   *
   * `NAME --help` shows its help, and `--json` at the end requests the answer as JSON, unless the
   * command declares such flags itself. A command without flags that takes any number of words
   * takes `--json` as one of them.
   */
  command<const U extends string, S = {}>(
    usage: Usage<U>,
    about: string | CommandOptions<U, S, User, State>,
    handler: HandlerOf<User, State, U, S>,
  ): this {
    this.add(
      newCommand(
        usage as string,
        typeof about === 'string' ? { summary: about } : (about as LooseCommandOptions),
        handler,
      ),
    )
    return this
  }
}

/** What a set is, besides its commands. */
export interface CommandSetOptions<User, State> {
  /**
   * Decides which sessions may run its commands, each of which may require more. For all other
   * sessions the commands do not exist.
   * @default everybody
   */
  allow?: AccessCheck<User, State>
  /**
   * Whether its commands may be added and removed while they are served.
   * @default `false`: the set is frozen when a shell with it is
   */
  dynamic?: boolean
}

/**
 * Prepares a change, and throws if it cannot be made. The function that it returns makes the
 * change.
 */
type Rehearsal = () => () => void

/** Commands without a shell, which several shells can share: `lobby.use(admin)`. */
export class CommandSet<User, State> extends Collector<User, State> {
  /** Whether commands may be added and removed while the set is served. */
  readonly dynamic: boolean
  readonly #allow: readonly AccessCheck<User, State>[]
  readonly #rehearsals: Rehearsal[] = []
  #commands: readonly Command<User, State>[] = []
  #frozen = false

  constructor({ allow, dynamic = false }: CommandSetOptions<User, State>) {
    super()
    this.#allow = allow === undefined ? [] : [allow]
    this.dynamic = dynamic
  }

  /** The commands, in the order of declaration. */
  get commands(): readonly Command<User, State>[] {
    return this.#commands
  }

  /** Removes a command, by its name or an alias. An unknown name is an error. */
  remove(name: string): this {
    const wanted = name.trim().toLowerCase()
    const left = this.#commands.filter(({ usage }) => !namesOf(usage).some(each => each.toLowerCase() === wanted))
    if (left.length === this.#commands.length) throw noSuchName(name)
    return this.#change('remove()', left)
  }

  /**
   * Freezes the set, unless it is dynamic. A shell that uses the set calls it when it is served.
   */
  freeze(): void {
    this.#frozen = !this.dynamic
  }

  /**
   * Registers a function that is called before each change of a dynamic set. A shell that uses the
   * set calls it.
   */
  onChange(rehearse: Rehearsal): void {
    if (this.dynamic) this.#rehearsals.push(rehearse)
  }

  protected override add(command: Command): void {
    const allow = [...this.#allow, ...(command.allow ?? [])]
    this.#change('command()', [...this.#commands, allow.length === 0 ? command : { ...command, allow }])
  }

  /**
   * Changes the commands. Either all shells take the change, or none does and the set stays as it
   * was.
   */
  #change(what: string, commands: readonly Command[]): this {
    if (this.#frozen) throw new AnswerbackError('FROZEN', { what })
    const before = this.#commands
    this.#commands = commands
    try {
      for (const carryOut of this.#rehearsals.map(rehearse => rehearse())) carryOut()
    } catch (error) {
      this.#commands = before
      throw error
    }
    return this
  }
}

/**
 * Creates a set of commands. `User` is the type of `session.user` that they need, `State` that of
 * `session.state`. The compiler refuses a shell whose users have less if it uses the set. Without
 * type arguments, any user is accepted.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong
 * @example
 * const tools = commandSet().command('date', 'The date.', () => new Date())
 * shell.use('tools', tools)
 */
export function commandSet<User = unknown, State = unknown>(
  options: CommandSetOptions<User, State> = {},
): CommandSet<User, State> {
  checkOptions('a set', SET, options)
  return new CommandSet(options)
}

export function noSuchName(name: string): AnswerbackError {
  return new AnswerbackError('OPTION', { option: 'remove', value: `'${name}'`, way: 'no command has that name' })
}

/**
 * Returns the same command under another prefix: `mounted('admin', …)` turns `kick` into
 * `admin kick`.
 */
export function mounted(prefix: string, command: Command): Command {
  const usage = readUsage(`${prefix} ${command.usage.text}`)
  return { ...command, usage }
}

const SET: OptionTable<CommandSetOptions<any, any>> = { allow: aFunction, dynamic: aBoolean }

/** Returns the command of a declaration, which it checks. */
export function newCommand(
  usage: string,
  about: LooseCommandOptions,
  handler: (...given: any[]) => unknown,
  replaceable = false,
): Command {
  const read = readUsage(usage)
  checkDeclaration(read.name, about, handler)
  for (const byName of [about.args, about.complete, about.notes]) if (byName) checkKeys(read, byName)
  const { allow, ...texts } = about
  const declared = {
    ...texts,
    usage: read,
    hidden: about.hidden ?? false,
    handler: handler as Command['handler'],
    replaceable,
  }
  return allow === undefined ? declared : { ...declared, allow: [allow] }
}
