import type { CurrentQuestion } from '../ask/current.ts'
import type { RateLimit } from './rate-limit.ts'
import type { SessionHistory } from '../session/history.ts'
import type { SessionReport } from './report.ts'
import type { NestedCommands } from '../run/nested-commands.ts'
import type { SessionFacts } from '../session/facts.ts'
import type { Session } from '../session/session.ts'

/** What the command loop needs of the session around it. */
export interface LoopHost {
  readonly session: Session
  readonly facts: Pick<SessionFacts, 'request' | 'interactive'>
  /** The bound on its commands per second; absent without a limit. */
  readonly rateLimit: RateLimit | undefined
  readonly report: SessionReport
  readonly past: SessionHistory
  /** The commands that the program runs beside the loop. */
  readonly nested: NestedCommands | undefined
  /** Made with the first question. */
  readonly asking: CurrentQuestion | undefined
  /** Set if the session ends as soon as no command runs; `idle` reports that. */
  readonly leaving: { idle(): void } | undefined
  /** Ends the session: the user's input has ended. */
  leave(status: number): void
  /**
   * Reports an error that the program's code has thrown to the user. The session goes on, unless
   * `onError` ends it.
   */
  reportFault(error: unknown): void
  /** Reports an error that no other code handles. */
  faulted(error: unknown): void
}
