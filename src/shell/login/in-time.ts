import type { Cancel } from '../../core/time/clock.ts'
import type { OutputStream } from '../../core/connection.ts'
import { AnswerbackError, InputEnded } from '../../core/options/errors.ts'
import type { SessionFacts } from '../session/facts.ts'
import type { ShellAuthenticator } from './authenticator.ts'
import { logIn } from './dialogue.ts'
import type { LoginPrompts } from './dialogue.ts'
import { STATUS } from '../../core/options/exit-status.ts'
import type { Session } from '../session/session.ts'

/** A session whose user logs in. */
export interface LoginHost {
  readonly session: Session
  readonly facts: SessionFacts
  readonly signal: AbortSignal
  after(ms: number, run: () => unknown): Cancel
  writeLines(text: string, stream: OutputStream): Promise<void>
  end(reason: string, status: number): void
  faulted(error: unknown): void
}

/**
 * Runs the login dialogue within the time limit, for transports that have not authenticated.
 * Returns whether the user is logged in; if not, the session has ended. `cancelRead` removes the
 * question from the screen.
 */
export async function logInInTime(
  host: LoginHost,
  authenticator: ShellAuthenticator,
  prompts: LoginPrompts,
  cancelRead: () => void,
): Promise<boolean> {
  const { loginTimeout } = authenticator
  const cancel = host.after(loginTimeout, () => {
    cancelRead()
    void host.writeLines(`Login timed out after ${loginTimeout / 1000} seconds.`, 'stderr')
    host.end('login', STATUS.failed)
  })
  try {
    const login = authenticator.login(host.facts.peer, host.signal)
    host.facts.identity = await logIn(host.session, login, prompts)
  } catch (error) {
    if (!(error instanceof AnswerbackError)) host.faulted(error)
    host.end(error instanceof InputEnded ? 'end of input' : 'login', STATUS.failed)
    return false
  }
  cancel()
  if (host.facts.identity === undefined) host.end('login', STATUS.failed)
  return host.facts.identity !== undefined && !host.signal.aborted
}
