import { exitStatus, STATUS } from './exit-status.ts'
import { anything, checkOptions } from './options.ts'
import type { OptionTable } from './options.ts'
import { sanitizeUnlessSafe } from '../text/safe-text.ts'
import type { SafeText } from '../text/safe-text.ts'

/**
 * A user's error, thrown by a command: shown in the error voice, without a stack. A program
 * receives the status.
 */
export class Failure extends Error {
  override readonly name: string = 'Failure'
  /** 1 to 255. */
  readonly status: number

  constructor(message: string | SafeText, options: FailureOptions = {}) {
    checkOptions('a failure', FAILURE, options)
    const { status = 1, cause } = options
    super(sanitizeUnlessSafe(message), cause === undefined ? undefined : { cause })
    this.status = exitStatus(status, 1)
  }
}

/** Returns the exit status of an error: that of a failure, else that of any other error. */
export function statusOfError(error: unknown): number {
  return error instanceof Failure ? error.status : STATUS.failed
}

/** What belongs to a failure besides its message. */
export interface FailureOptions {
  /**
   * The exit status for a program, 1 to 255. Any other number becomes 255; a value that is no
   * number throws an `AnswerbackError` (`OPTION`).
   * @default 1
   */
  readonly status?: number
  /** The cause, for the log; the user does not see it. */
  readonly cause?: unknown
}

const FAILURE: OptionTable<FailureOptions> = { status: anything, cause: anything }

/**
 * Throws a user's error: `if (!stock.has(item)) fail('There is none.', { status: 2 })`. The user
 * reads the sentence in the error voice; a program (`ssh host command`) sees the status.
 * `throw fail(…)` does the same, and shows a reader where the function ends. Where an error is
 * needed that is not thrown, as for `reject`, make a `new Failure(…)`.
 *
 * A string may hold what a user has typed, or the name of a file: it is sanitized. Colours of the
 * program's own are kept in a `safe` text.
 *
 * @throws a `Failure`, always
 * @example
 * if (!stock.delete(item)) throw fail(`There is no ${item}.`, { status: 3 })
 */
export function fail(message: string | SafeText, options?: FailureOptions): never {
  throw new Failure(message, options)
}
