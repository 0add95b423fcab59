import { STATUS } from '../../core/options/exit-status.ts'
import { andThen, isThenable } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'
import { mayRun, permitted } from '../command/allow.ts'
import type { Command } from '../command/command.ts'
import { helpFor } from '../command/help.ts'
import type { FoundCommand, ListedCommand } from '../command/registry.ts'
import { unknownText } from '../command/unknown.ts'
import type { Session } from '../session/session.ts'
import { ArgumentFault, lineStart, readArguments } from '../usage/arguments.ts'
import type { Arguments } from '../usage/text.ts'
import { validate } from '../usage/validate.ts'
import type { ShellDescription } from './description.ts'
import { faultText } from './fault-text.ts'
import type { Faults } from './faults.ts'
import { runAround } from './middleware.ts'
import { reply } from './reply.ts'
import type { RunningCommand } from './running-command.ts'

/**
 * One run of a command. It finds the command for the words that were typed, checks whether the
 * session may run it, and reads its arguments. Then it calls the command, and shows its answer to
 * the user.
 */
export class CommandRun {
  readonly shell: ShellDescription
  readonly call: RunningCommand
  readonly session: Session
  readonly #faults: Faults

  constructor(shell: ShellDescription, faults: Faults, call: RunningCommand, session: Session) {
    this.shell = shell
    this.#faults = faults
    this.call = call
    this.session = session
  }

  /**
   * Runs the command, and returns its status. Never throws, never rejects: it handles all
   * exceptions.
   */
  start(): Eventual<number> {
    try {
      const outcome = this.#run(this.shell.registry.find(this.call.words))
      return typeof outcome === 'number' ? outcome : outcome.catch(error => this.#fault(error))
    } catch (error) {
      return this.#fault(error)
    }
  }

  /**
   * Runs the command, if the session may; else the one with the next shorter name, as if the first
   * did not exist.
   */
  #run(found: FoundCommand | undefined): Eventual<number> {
    if (found === undefined) return this.call.unfinished ? this.#goOn() : this.#unknown()
    const { command, taken } = found
    if (command.usage.secret || command.allow !== undefined) this.call.consider(found)
    if (command.allow === undefined) return this.#read(found)
    return this.#after(mayRun(command, this.session, this.#faults.log), allowed =>
      allowed ? this.#read(found) : this.#run(this.shell.registry.find(this.call.words, taken)),
    )
  }

  /**
   * Reads the arguments, and calls the command. The shell takes `--help` and `--json`, unless the
   * command takes them; all other words are arguments.
   */
  #read(found: FoundCommand): Eventual<number> {
    const { command, taken } = found
    const call = this.call
    let words = call.split
    const lineAt = lineStart(command.usage, words, taken)
    if (call.unfinished && lineAt === undefined) return this.#goOn()
    call.found = found
    call.remember()
    const last = words[words.length - 1]
    if (last === '--help' && words.length === taken + 1 && !declares(command, 'help')) {
      return this.#help(words.slice(0, taken))
    }
    if (last === '--json' && takesNoJson(command) && words.indexOf('--', taken) < 0 && words.length > taken) {
      call.json = true
      words = words.slice(0, -1)
    }
    const line = lineAt === undefined ? undefined : call.takeLine(lineAt)
    const args = readArguments(command.usage, words, taken, line)
    if (args instanceof ArgumentFault || command.args === undefined) return this.#handle(command, args)
    const checked = validate(command.usage, words, taken, args, command.args)
    return this.#after(checked, settled => this.#handle(command, settled))
  }

  /** Marks the input as unfinished: its reader continues it in a further line. */
  #goOn(): number {
    this.call.goesOn = true
    return STATUS.ok
  }

  #handle(command: Command, args: Arguments | ArgumentFault): Eventual<number> {
    const [call, session] = [this.call, this.session]
    if (args instanceof ArgumentFault) return this.#wrongWords(command, args)
    const { middleware } = this.shell
    if (middleware.length === 0) return reply(command.handler(args, session, call), this)
    const handler = (): ReturnType<Command['handler']> => command.handler(args, session, call)
    return reply(runAround(middleware, handler, session, call.masked), this)
  }

  /** Continues with a decision, unless the user has interrupted the command meanwhile. */
  #after<T>(decision: T | PromiseLike<T>, use: (decided: T) => Eventual<number>): Eventual<number> {
    if (!isThenable(decision)) return use(decision)
    return andThen(decision, decided => (this.call.aborted ? STATUS.interrupted : use(decided)))
  }

  #afterPermitted(
    all: readonly ListedCommand[],
    use: (commands: readonly ListedCommand[]) => Eventual<number>,
  ): Eventual<number> {
    return this.#after(permitted(all, this.session, this.#faults.log), use)
  }

  #help(name: readonly string[]): Eventual<number> {
    return this.#afterPermitted(this.shell.registry.list(name[0]), commands =>
      reply(helpFor(commands, name.join(' ')), this),
    )
  }

  #unknown(): Eventual<number> {
    const call = this.call
    call.remember()
    const { unknown } = this.shell.hooks
    if (unknown === undefined) return this.#afterPermitted(this.shell.registry.list(), all => this.#nameless(all))
    call.refuse()
    return andThen(reply(unknown(this.session, call.masked), this), () => STATUS.unknown)
  }

  /** Responds to words that name a group of commands, or nothing. */
  #nameless(commands: readonly ListedCommand[]): Eventual<number> {
    const { words } = this.call
    const group = words.at(-1) === '--help' ? helpFor(commands, words.slice(0, -1).join(' ')) : undefined
    if (group !== undefined) return reply(group, this)
    this.call.refuse()
    this.#faults.tell(this.session, unknownText(commands, words))
    return STATUS.unknown
  }

  #wrongWords(command: Command, fault: ArgumentFault): Eventual<number> {
    const { interactive, terminal } = this.session
    this.#faults.tell(this.session, faultText(fault, command, this.call, interactive ? terminal : undefined))
    return STATUS.usage
  }

  #fault(error: unknown): Eventual<number> {
    // No command was chosen: `allow` has failed, or the words name none.
    if (this.call.found === undefined) this.call.refuse()
    return this.#faults.ofCommand(error, this.call, this.session)
  }
}

function declares({ usage }: Command, flag: string): boolean {
  return usage.flags.some(({ long }) => long === flag)
}

/**
 * Returns whether a command does not take `--json` itself. A command without flags that takes any
 * words does (`echo --json`), and so does a `:line`.
 */
function takesNoJson(command: Command): boolean {
  const { flags, parameters, takesLine } = command.usage
  if (takesLine) return false
  return flags.length === 0 ? parameters.at(-1)?.many !== true : !declares(command, 'json')
}
