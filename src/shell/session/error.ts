import { InputEnded, Interrupted, SessionEnded } from '../../core/options/errors.ts'

/**
 * Returns whether this session has thrown an error to stop its waiters. Another session's rejection
 * is an ordinary error: a command that writes to many sessions must not stop half-way silently.
 */
export function isErrorOf(session: { readonly id: string }, error: unknown): boolean {
  return isSessionError(error) && error.session === session.id
}

function isSessionError(error: unknown): error is SessionEnded | Interrupted | InputEnded {
  return error instanceof SessionEnded || error instanceof Interrupted || error instanceof InputEnded
}
