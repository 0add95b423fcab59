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
  readonly facts: Pick<SessionFacts, 'request'>
  /** How many commands it may run in a second; absent: as many as it likes. */
  readonly rateLimit: RateLimit | undefined
  readonly report: SessionReport
  readonly past: SessionHistory
  /** What its program runs beside the loop. */
  readonly nested: NestedCommands
  /** Made with the first question. */
  readonly asking: CurrentQuestion | undefined
  /** Set where the session ends as soon as no command runs, and is then told. */
  readonly leaving: { idle(): void } | undefined
  /** The user's input has come to its end. */
  leave(status: number): void
  /** Something that the shell was given has thrown: its user is told, and the session goes on. */
  reportFault(error: unknown): void
  /** Something that the shell was given has thrown where nobody else looks after it. */
  faulted(error: unknown): void
}
