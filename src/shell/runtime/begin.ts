import type { OutputStream } from '../../core/connection.ts'
import { statusOfError } from '../../core/options/failure.ts'
import { readableError } from '../../core/options/readable-error.ts'
import type { SessionFacts } from '../session/facts.ts'
import { runStartHooks } from '../run/hooks.ts'
import type { Service } from './service.ts'
import type { SessionHistory } from '../session/history.ts'
import type { Session } from '../session/session.ts'

/** A session after its login, as far as its beginning needs it. */
export interface BeginningSession {
  readonly session: Session
  readonly facts: SessionFacts
  readonly past: SessionHistory
  state: unknown
  /** Whether the session has ended. */
  readonly over: boolean
  writeLines(text: string, stream: OutputStream): unknown
  end(reason: string, status: number): void
  /** `onStart` begins: `onEnd` is due from now on. */
  begun(): void
  /** Reports an error that the program's code has thrown. Calls `then` if the session goes on. */
  reportFault(error: unknown, then: () => void): void
  /** Accepts commands: the beginning is over. */
  takeCommands(): void
}

/**
 * Begins a session: welcome, state, history, `onStart`, and then commands. Without its state each
 * of its commands would fail, so the session ends. After an error of a start hook it goes on.
 */
export function beginSession(beginning: BeginningSession, { shell: { settings, hooks } }: Service): void {
  const { facts, past } = beginning
  if (facts.greeted && settings.welcome !== '') void beginning.writeLines(settings.welcome, 'stdout')
  try {
    beginning.state = settings.state()
  } catch (thrown) {
    const error = readableError(thrown)
    const status = statusOfError(error)
    return beginning.reportFault(error, () => beginning.end('error', status))
  }
  beginning.begun()
  if (facts.interactive && facts.identity) past.open(facts.identity)
  const then = (): void => past.whenOpen(() => beginning.takeCommands())
  runStartHooks(
    hooks,
    beginning.session,
    () => beginning.over,
    then,
    error => beginning.reportFault(error, then),
  )
}
