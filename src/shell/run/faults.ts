import type { Eventual } from '../../core/async/thenable.ts'
import { InputEnded } from '../../core/options/errors.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import { Failure, statusOfError } from '../../core/options/failure.ts'
import type { Logger } from '../../core/log.ts'
import { isText } from '../../core/options/options.ts'
import { readableError } from '../../core/options/readable-error.ts'
import { unansweredText } from '../ask/question.ts'
import { isErrorOf } from '../session/error.ts'
import type { Session } from '../session/session.ts'
import { INTERNAL_ERROR, tellError } from '../session/tell.ts'
import type { ErrorHook, Hooks } from './hooks.ts'
import type { RunningCommand } from './running-command.ts'

/**
 * Handles the exceptions of commands, hooks and timers: decides what the user sees, and whether the
 * session continues.
 */
export class Faults {
  readonly log: Logger
  readonly #hooks: Hooks

  constructor(hooks: Hooks, log: Logger) {
    this.#hooks = hooks
    this.log = log
  }

  /** Writes an error to a session's user. */
  tell(session: Session, text: string): void {
    tellError(session, text, err => this.log.error({ err, session: session.id }, 'writeError has thrown'))
  }

  /** Handles an exception of a hook or a timer. Returns whether the session continues. */
  async ofHook(thrown: unknown, session: Session): Promise<boolean> {
    const error = readableError(thrown)
    const text = userText(error, session)
    if (text !== undefined) this.tell(session, text)
    return text !== undefined || isErrorOf(session, error) || this.#unexpected(error, session)
  }

  /** Handles an exception of a command. Returns the status with which the command ends. */
  ofCommand(thrown: unknown, call: RunningCommand, session: Session): Eventual<number> {
    const error = readableError(thrown)
    const text = userText(error, session)
    if (text !== undefined) {
      if (!call.abandoned) this.tell(session, text)
      return statusOfError(error)
    }
    if (isErrorOf(session, error) || (call.aborted && isAbort(error, call))) return STATUS.interrupted
    if (call.abandoned) {
      this.log.warn({ err: error, session: session.id }, 'a command that its user had interrupted has thrown')
      return STATUS.failed
    }
    return this.#unexpected(error, session, call).then(goesOn => {
      if (!goesOn) session.end(STATUS.failed)
      return STATUS.failed
    })
  }

  async #unexpected(error: unknown, session: Session, call?: RunningCommand): Promise<boolean> {
    const hook = this.#hooks.error
    if (hook === undefined) {
      const where = call === undefined ? 'a hook or a timer has thrown' : 'a command has thrown'
      this.log.error({ err: error, session: session.id, ...(call && { command: call.words[0] }) }, where)
      this.tell(session, INTERNAL_ERROR)
      return true
    }
    const verdict = await this.#verdictOf(hook, error, session, call)
    const text = isText(verdict) ? String(verdict) : INTERNAL_ERROR
    const isTold = typeof verdict === 'boolean' || text === '' || call?.abandoned || session.signal.aborted
    if (!isTold) this.tell(session, text)
    return verdict !== false
  }

  /**
   * Calls `onError`, and returns its verdict. A hook that throws has none, and both exceptions are
   * logged.
   */
  async #verdictOf(
    hook: ErrorHook<any, any>,
    error: unknown,
    session: Session,
    call?: RunningCommand,
  ): Promise<unknown> {
    try {
      return await hook(error, session, call?.masked)
    } catch (err) {
      this.log.error({ err: error, session: session.id }, 'an exception that onError has failed to deal with')
      this.log.error({ err, session: session.id }, 'onError has thrown')
      return undefined
    }
  }
}

/**
 * Returns the text that the user sees of an error of their own; `undefined` for any other error.
 */
function userText(error: unknown, session: Session): string | undefined {
  if (error instanceof Failure) return error.message
  const ended = error instanceof InputEnded && isErrorOf(session, error) ? error.question : undefined
  return ended === undefined ? undefined : unansweredText(ended)
}

/**
 * Returns whether an aborted command has thrown only because of that: the reason itself, or the
 * `AbortError` that Node and the web make of it.
 */
function isAbort(error: unknown, call: RunningCommand): boolean {
  return error === call.reason || (error instanceof Error && error.name === 'AbortError')
}
