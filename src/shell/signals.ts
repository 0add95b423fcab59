import { InputEnded, Interrupted, SessionEnded } from '../core/errors.ts'
import type { Session } from './session.ts'

/**
 * Whether an error is how this session has told somebody to stop. What another session has told is an error like others: whoever writes to many
 * must not stop half-way without a word.
 */
export function isSignalOf(session: Pick<Session, 'id'>, error: unknown): boolean {
  return isSignal(error) && error.session === session.id
}

function isSignal(error: unknown): error is SessionEnded | Interrupted | InputEnded {
  return error instanceof SessionEnded || error instanceof Interrupted || error instanceof InputEnded
}
