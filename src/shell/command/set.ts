import { AnswerbackError } from '../../core/options/errors.ts'
import { aBoolean, aFunction, anything, aText, checkOptions } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import type { AccessCheck } from './allow.ts'
import type { CommandOptions, Command, HandlerOf, LooseCommandOptions } from './command.ts'
import { namesOf } from './help.ts'
import { readUsage } from '../usage/reader.ts'
import type { Usage } from '../usage/types.ts'
import { checkKeys } from '../usage/validate.ts'

/** Commands that run for any user that is a `User`, in any session whose state is a `State`. */
export interface CommandCollection<in User, in State> {
  /** The commands, in the order in which they were declared. */
  readonly commands: readonly Command<User, State>[]
}

/** Collects commands; both a set and a shell do. */
export abstract class Collector<User, State> implements CommandCollection<User, State> {
  abstract readonly commands: readonly Command<User, State>[]
  protected abstract add(command: Command): void

  /**
   * Declares a command: `'timer <seconds:number> <message...>'` names it, types the handler's arguments, reads and checks what users type, and
   * is its help. `about` is the summary for the list of commands, or everything about the command. What the handler returns is the response: text,
   * a stream of text, nothing, or a value, which people see as a table or a list, and programs as JSON. A usage text that cannot be read is an error of
   * the compiler; of one that is only known at run time, an `AnswerbackError` (`USAGE`).
   *
   * `NAME --help` is its help, and `--json` at the end asks for the answer as JSON, unless it declares such flags itself; a command without flags that takes
   * any number of words takes `--json` as one of them.
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

/** What a set is, beside its commands. */
export interface CommandSetOptions<User, State> {
  /**
   * Who may run its commands, each of which may ask for more; for everybody else they are not
   * there.
   * @default everybody
   */
  allow?: AccessCheck<User, State>
  /**
   * Its commands may be added and removed while they are served.
   * @default `false`: the set is frozen when a shell with it is
   */
  dynamic?: boolean
}

/** Makes a change ready, and throws where it cannot be; what it answers carries it out. */
type Rehearsal = () => () => void

/** Commands apart from a shell, to be shared by several: `lobby.use(admin)`. */
export class CommandSet<User, State> extends Collector<User, State> {
  /** Commands may be added and removed while the set is served. */
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

  /** The commands, in the order in which they were declared. */
  get commands(): readonly Command<User, State>[] {
    return this.#commands
  }

  /** Takes a command away, by its name or an alias of it. A name that is not there is an error. */
  remove(name: string): this {
    const wanted = name.trim().toLowerCase()
    const left = this.#commands.filter(({ usage }) => !namesOf(usage).some(each => each.toLowerCase() === wanted))
    if (left.length === this.#commands.length) throw noSuchName(name)
    return this.#change('remove()', left)
  }

  /** Of a shell that uses the set and is served now: nothing changes any more. */
  freeze(): void {
    this.#frozen = !this.dynamic
  }

  /** Of a shell that uses the set: asked whenever a dynamic set changes, before it does. */
  onChange(rehearse: Rehearsal): void {
    if (this.dynamic) this.#rehearsals.push(rehearse)
  }

  protected override add(command: Command): void {
    const allow = [...this.#allow, ...(command.allow ?? [])]
    this.#change('command()', [...this.#commands, allow.length === 0 ? command : { ...command, allow }])
  }

  /** All shells take the change, or none does and the set stays as it was. */
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
 * Begins a set of commands. `User` is what they need `session.user` to be, `State` the same of
 * `session.state`. The compiler refuses a shell whose users are less where it uses the set. Without
 * type arguments any user will do.
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

/** The same command under another prefix: `mounted('admin', …)` turns `kick` into `admin kick`. */
export function mounted(prefix: string, command: Command): Command {
  const usage = readUsage(`${prefix} ${command.usage.text}`)
  return { ...command, usage }
}

const ABOUT: OptionTable<LooseCommandOptions> = {
  summary: aText,
  help: aText,
  parameters: aText,
  notes: anything,
  hidden: aBoolean,
  allow: aFunction,
  args: anything,
  complete: anything,
}

const SET: OptionTable<CommandSetOptions<any, any>> = { allow: aFunction, dynamic: aBoolean }

/** Reads and checks a declaration. */
export function newCommand(
  usage: string,
  about: LooseCommandOptions,
  handler: (...given: any[]) => unknown,
  replaceable = false,
): Command {
  const read = readUsage(usage)
  checkOptions(`the command ${read.name}`, ABOUT, about)
  for (const byName of [about.args, about.complete, about.notes]) if (byName) checkKeys(read, byName)
  if (typeof handler !== 'function')
    throw new AnswerbackError('USAGE', { usage, reason: 'its handler is not a function' })
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
