import type { Eventual } from '../../core/async/thenable.ts'
import type { Logger } from '../../core/log.ts'
import { usageLine } from '../command/help.ts'
import { complete } from '../complete/complete.ts'
import type { Completion } from '../line/completion.ts'
import type { Session } from '../session/session.ts'
import { cursorWord, locates } from '../words/cursor.ts'
import type { TypedInput } from '../words/cursor.ts'
import { lineStart } from '../usage/arguments.ts'
import { CommandRun } from './command-run.ts'
import type { ShellDescription } from './description.ts'
import { Faults } from './faults.ts'
import type { RunningCommand } from './running-command.ts'

/**
 * The commands of a shell, for all sessions of one server. Runs commands, and helps to type them.
 */
export class Dispatcher {
  readonly #shell: ShellDescription
  readonly #faults: Faults

  constructor(shell: ShellDescription, log: Logger) {
    this.#shell = shell
    this.#faults = new Faults(shell.hooks, log)
  }

  /** Runs a command, and returns its status. Never throws, never rejects. */
  run(call: RunningCommand, session: Session): Eventual<number> {
    return new CommandRun(this.#shell, this.#faults, call, session).start()
  }

  /**
   * Returns the candidates at the cursor of an input, as its reader reads it; none if the reader
   * does not locate words.
   */
  complete(input: TypedInput, session: Session, signal: AbortSignal): Completion | Promise<Completion> {
    const { line, cursor } = input
    if (!locates(input)) return { start: cursor, end: cursor, candidates: [] }
    const [first] = cursorWord(line, cursor, input.reader).words
    return complete(this.#shell.registry.list(first), input, { session, signal }, this.#faults.log)
  }

  /**
   * Returns the usage of the command that an input calls, as far as the cursor. Hidden commands,
   * and those that not every session may run, do not count.
   */
  usageAt(input: TypedInput): string | undefined {
    if (!locates(input)) return undefined
    const { words, text } = cursorWord(input.line, input.cursor, input.reader)
    const typed = [...words, text]
    const { registry } = this.#shell
    let found = registry.find(typed)
    while (found?.command.allow || found?.command.hidden) found = registry.find(typed, found.taken)
    return found && usageLine({ ...found.command, names: [] }, found.command.usage.name)
  }

  /**
   * Returns whether an input may be whole although its reader needs a further line. It may be if a
   * command that it calls takes the rest of the line as typed, and that rest has begun. Whether the
   * session may run the command is checked later.
   */
  mayTakeLine(words: readonly string[]): boolean {
    const { registry } = this.#shell
    for (let found = registry.find(words); found !== undefined; found = registry.find(words, found.taken)) {
      if (lineStart(found.command.usage, words, found.taken) !== undefined) return true
      if (found.command.allow === undefined) return false
    }
    return false
  }

  /**
   * Reports an exception of a hook or a timer, outside any command. Returns whether the session
   * continues.
   */
  report(error: unknown, session: Session): Promise<boolean> {
    return this.#faults.ofHook(error, session)
  }
}
