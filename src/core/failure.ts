import { exitStatus } from './exit-status.ts'
import { sanitizeUnlessSafe } from './safe-text.ts'
import type { SafeText } from './safe-text.ts'

/**
 * A user's error, thrown by a command: shown in the error voice, without a stack; a program sees
 * the status.
 */
export class Failure extends Error {
  override readonly name: string = 'Failure'
  /** 1 to 255. */
  readonly status: number

  constructor(message: string | SafeText, { status = 1, cause }: FailOptions = {}) {
    super(sanitizeUnlessSafe(message), cause === undefined ? undefined : { cause })
    this.status = exitStatus(status, 1)
  }
}

export interface FailOptions {
  /**
   * The exit status that a program sees, 1 to 255. Any other number becomes 255; what is no number
   * throws an `AnswerbackError` (`OPTION`).
   * @default 1
   */
  readonly status?: number
  /** What lies behind, for the log; the user does not see it. */
  readonly cause?: unknown
}

/**
 * Makes a user's error: `throw fail('Not so many.', { status: 2 })`. The user reads the sentence in
 * the error voice; a program (`ssh host command`) sees the status, 1 unless given. A string may
 * hold what a user has typed, or the name of a file: it is sanitized. Colours of the program's own
 * are kept in a `safe` text.
 */
export function fail(message: string | SafeText, options?: FailOptions): Failure {
  return new Failure(message, options)
}
