import { isErrorOf } from './error.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** The result of a write for which the caller need not wait. */
export const SETTLED: Promise<void> = Promise.resolve()

/** A session, as far as an error is written by it. */
interface ErrorWriter {
  readonly id: string
  writeError(text: string): unknown
}

/**
 * Writes an error by the session's own method, which a class may have overridden. An error of the
 * override goes to `failed` only.
 */
export function tellError(session: ErrorWriter, text: string, failed: (error: unknown) => void): void {
  try {
    const done = session.writeError(text)
    if (done !== SETTLED && isThenable(done))
      done.then(undefined, error => void (isErrorOf(session, error) || failed(error)))
  } catch (error) {
    failed(error)
  }
}

/** The message about a fault that is not the user's. */
export const INTERNAL_ERROR = 'Something went wrong. It has been noted.'

/** Writes the last sentence to a user, if possible: the fault may be in the screen. */
export function tellLast(write: (sentence: string) => unknown): void {
  try {
    write(INTERNAL_ERROR)
  } catch {
    return
  }
}
