import { InputEnded, Interrupted, SessionEnded } from '../../core/options/errors.ts'

/**
 * Whether an error is one by which this session stops those who wait for it. What another session
 * rejects with is an error like others: a command that writes to many must not stop half-way
 * without a word.
 */
export function isErrorOf(session: { readonly id: string }, error: unknown): boolean {
  return isSessionError(error) && error.session === session.id
}

function isSessionError(error: unknown): error is SessionEnded | Interrupted | InputEnded {
  return error instanceof SessionEnded || error instanceof Interrupted || error instanceof InputEnded
}
