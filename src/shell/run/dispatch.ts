import { InputEnded } from '../../core/errors.ts'
import { Failure } from '../../core/failure.ts'
import type { Logger } from '../../core/log.ts'
import { mayRun, permitted } from '../command/allow.ts'
import { ArgumentFault, readArguments } from '../usage/arguments.ts'
import type { Arguments } from '../usage/text.ts'
import type { Command } from '../command/command.ts'
import { complete } from '../complete/complete.ts'
import type { Completion } from '../line/completion.ts'
import { cursorWord, locates } from '../words/cursor.ts'
import type { TypedInput } from '../words/cursor.ts'
import type { ShellDescription } from './description.ts'
import { faultText } from './fault-text.ts'
import { helpFor, usageLine } from '../command/help.ts'
import { RunningCommand } from './running-command.ts'
import { runAround } from './middleware.ts'
import { STATUS } from '../../core/exit-status.ts'
import type { Outcome } from './outcome.ts'
import { unansweredText } from '../ask/question.ts'
import type { Found, ListedCommand } from '../command/registry.ts'
import { reply } from './reply.ts'
import type { Session } from '../session/session.ts'
import { isErrorOf } from '../session/error.ts'
import { NOTED, tellError } from '../session/tell.ts'
import { isThenable } from '../../core/thenable.ts'
import { unknownText } from '../command/unknown.ts'
import { validate } from '../usage/validate.ts'

/** Finds the command for the words that were typed, runs it, and gives its answer to the user. Never throws, never rejects. */
export class Dispatcher {
  readonly #shell: ShellDescription
  readonly #log: Logger

  constructor(shell: ShellDescription, log: Logger) {
    this.#shell = shell
    this.#log = log
  }

  run(call: RunningCommand, session: Session): Outcome {
    try {
      return this.#try(this.#shell.registry.find(call.words), call, session)
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  /**
   * What may stand at the cursor of an input, as its reader reads it; nothing where that does not
   * tell where words stand.
   */
  complete(input: TypedInput, session: Session, signal: AbortSignal): Completion | Promise<Completion> {
    const { line, cursor } = input
    if (!locates(input)) return { start: cursor, end: cursor, candidates: [] }
    const [first] = cursorWord(line, cursor, input.reader).words
    return complete(this.#shell.registry.list(first), input, { session, signal }, this.#log)
  }

  /**
   * Returns the usage of the command that an input calls, as far as the cursor. Hidden commands,
   * and those that not everybody may run, do not count.
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

  /** An exception that is nobody's command: of a hook, or of a timer. Answers whether the session goes on. */
  async report(error: unknown, session: Session): Promise<boolean> {
    const text = userText(error, session)
    if (text !== undefined) this.#tell(session, text)
    return text !== undefined || isErrorOf(session, error) || this.#unexpected(error, session)
  }

  /**
   * Runs the command, if the session may; else the one with the next shorter name, as if the first
   * one were not there.
   */
  #try(found: Found | undefined, call: RunningCommand, session: Session): Outcome {
    if (found === undefined) return this.#unknown(call, session)
    call.consider(found)
    if (found.command.allow === undefined) return this.#read(found, call, session)
    const go = (allowed: boolean): Outcome =>
      allowed
        ? this.#read(found, call, session)
        : this.#try(this.#shell.registry.find(call.words, found.taken), call, session)
    const allowed = mayRun(found.command, session, this.#log)
    return isThenable(allowed) ? this.#later(allowed, go, call, session) : go(allowed)
  }

  /** `--help` and `--json` are for us, where the command does not want them; all other words are its arguments. */
  #read(found: Found, call: RunningCommand, session: Session): Outcome {
    const { command, taken } = found
    call.found = found
    call.remember()
    let { words } = call
    const last = words[words.length - 1]
    if (last === '--help' && words.length === taken + 1 && !declares(command, 'help'))
      return this.#help(words.slice(0, taken), call, session)
    if (last === '--json' && takesNoJson(command) && words.indexOf('--', taken) < 0 && words.length > taken) {
      call.json = true
      words = words.slice(0, -1)
    }
    const args = readArguments(command.usage, words, taken)
    if (args instanceof ArgumentFault || command.args === undefined) return this.#call(command, args, call, session)
    const checked = validate(command.usage, words, taken, args, command.args)
    if (!isThenable(checked)) return this.#call(command, checked, call, session)
    return this.#later(checked, settled => this.#call(command, settled, call, session), call, session)
  }

  #call(command: Command, args: Arguments | ArgumentFault, call: RunningCommand, session: Session): Outcome {
    if (args instanceof ArgumentFault) return this.#wrongWords(command, args, call, session)
    const { middleware } = this.#shell
    if (middleware.length === 0) return this.#give(command.handler(args, session, call), call, session)
    return this.#give(
      runAround(middleware, () => command.handler(args, session, call), session, call.masked),
      call,
      session,
    )
  }

  /** What had to be decided before the command could run has taken its time. */
  async #later<T>(
    decision: PromiseLike<T>,
    go: (decided: T) => Outcome,
    call: RunningCommand,
    session: Session,
  ): Promise<number> {
    try {
      const decided = await decision
      return call.aborted ? STATUS.interrupted : await go(decided)
    } catch (error) {
      return this.#fault(error, call, session)
    }
  }

  #give(answer: unknown, call: RunningCommand, session: Session): Outcome {
    const outcome = reply(answer, call, session)
    return typeof outcome === 'number' ? outcome : outcome.catch((error: unknown) => this.#fault(error, call, session))
  }

  #help(name: readonly string[], call: RunningCommand, session: Session): Outcome {
    const use = (commands: readonly ListedCommand[]): Outcome =>
      this.#give(helpFor(commands, name.join(' ')), call, session)
    return this.#withPermitted(this.#shell.registry.list(name[0]), use, call, session)
  }

  #unknown(call: RunningCommand, session: Session): Outcome {
    call.remember()
    const { unknown } = this.#shell.hooks
    if (unknown) {
      call.refuse()
      return after(this.#give(unknown(call.masked, session), call, session), () => STATUS.unknown)
    }
    const use = (commands: readonly ListedCommand[]): Outcome => this.#nameless(commands, call, session)
    return this.#withPermitted(this.#shell.registry.list(), use, call, session)
  }

  /** The words name a group of commands, or nothing. */
  #nameless(commands: readonly ListedCommand[], call: RunningCommand, session: Session): Outcome {
    const { words } = call
    const group = words.at(-1) === '--help' ? helpFor(commands, words.slice(0, -1).join(' ')) : undefined
    if (group !== undefined) return this.#give(group, call, session)
    call.refuse()
    this.#tell(session, unknownText(commands, words))
    return STATUS.unknown
  }

  #withPermitted(
    all: readonly ListedCommand[],
    use: (commands: readonly ListedCommand[]) => Outcome,
    call: RunningCommand,
    session: Session,
  ): Outcome {
    const commands = permitted(all, session, this.#log)
    return isThenable(commands) ? this.#later(commands, use, call, session) : use(commands)
  }

  #wrongWords(command: Command, fault: ArgumentFault, call: RunningCommand, session: Session): Outcome {
    this.#tell(session, faultText(fault, command, call, session.interactive ? session.terminal : undefined))
    return STATUS.usage
  }

  #fault(error: unknown, call: RunningCommand, session: Session): Outcome {
    const text = userText(error, session)
    if (text !== undefined) {
      // Only `allow` fails before it is known what runs.
      if (call.found === undefined) call.refuse()
      if (!call.abandoned) this.#tell(session, text)
      return error instanceof Failure ? error.status : STATUS.failed
    }
    if (isErrorOf(session, error) || (call.aborted && isAbort(error, call))) return STATUS.interrupted
    if (call.abandoned)
      return (
        this.#log.warn({ err: error, session: session.id }, 'a command that its user had interrupted has thrown'),
        STATUS.failed
      )
    return this.#unexpected(error, session, call).then(goesOn => {
      if (!goesOn) session.end(STATUS.failed)
      return STATUS.failed
    })
  }

  #tell(session: Session, text: string): void {
    tellError(session, text, err => this.#log.error({ err, session: session.id }, 'writeError has thrown'))
  }

  async #unexpected(error: unknown, session: Session, call?: RunningCommand): Promise<boolean> {
    const { hooks } = this.#shell
    if (hooks.error === undefined) {
      const where = call === undefined ? 'a hook or a timer has thrown' : 'a command has thrown'
      this.#log.error({ err: error, session: session.id, ...(call && { command: call.words[0] }) }, where)
      this.#tell(session, NOTED)
      return true
    }
    try {
      return (await hooks.error(error, session, call?.masked)) !== false
    } catch (err) {
      this.#log.error({ err: error, session: session.id }, 'an exception that onError has failed to deal with')
      this.#log.error({ err, session: session.id }, 'onError has thrown')
      return true
    }
  }
}

/**
 * What a user is told of an error that is nobody's mistake but theirs; `undefined`: of this one
 * nothing.
 */
function userText(error: unknown, session: Session): string | undefined {
  if (error instanceof Failure) return error.message
  const ended = error instanceof InputEnded && isErrorOf(session, error) ? error.question : undefined
  return ended === undefined ? undefined : unansweredText(ended)
}

/** What a command that was aborted rejects with: the reason itself, or what Node and the web make of it (`AbortError`). */
function isAbort(error: unknown, call: RunningCommand): boolean {
  return error === call.reason || (error instanceof Error && error.name === 'AbortError')
}

function declares({ usage }: Command, flag: string): boolean {
  return usage.flags.some(({ long }) => long === flag)
}

/** A command without flags that takes any words takes this one too: `echo --json`. */
function takesNoJson(command: Command): boolean {
  const { flags, parameters } = command.usage
  return flags.length === 0 ? parameters.at(-1)?.many !== true : !declares(command, 'json')
}

function after(outcome: Outcome, then: (status: number) => number): Outcome {
  return typeof outcome === 'number' ? then(outcome) : outcome.then(then)
}
