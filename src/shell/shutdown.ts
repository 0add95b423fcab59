import type { SessionFacts } from './facts.ts'
import type { RunningCommand } from './invocation.ts'
import { STATUS } from './outcome.ts'

/** A session whose server shuts down. */
export interface ShutSession {
  readonly facts: SessionFacts
  end(reason: string, status: number, signal?: string): void
}

/**
 * Ends a session at once where no command runs, or by `force`. Else its command is waited for, unless
 * it is a stream that somebody follows at a terminal. What is broken off is no success.
 */
export function shutDown(session: ShutSession, running: RunningCommand | undefined, force: boolean): void {
  if (running === undefined) return session.end('shutdown', STATUS.ok)
  const terminate = (): void => session.end('shutdown', STATUS.terminated, 'TERM')
  if (force) terminate()
  else if (session.facts.interactive) running.whenStreaming(terminate)
}
