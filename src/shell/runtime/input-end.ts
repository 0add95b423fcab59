import type { Cancel } from '../../core/time/clock.ts'

/**
 * How long one command may go on after its user's side has sent the end of its input; at most twice
 * as long. Of a terminal only.
 */
export const INPUT_END_GRACE = 60_000

/**
 * Ends a session whose input has ended as soon as one command has gone on for too long. Where
 * nobody sits at a terminal, the last command is waited for, as Bash does. At one, over telnet, the
 * end of the input may be all that is ever heard of its going. Called once: each session has one
 * such timer at most.
 */
export function endWithCommand(session: EndedInput, end: () => void): void {
  const { running } = session
  session.after(INPUT_END_GRACE, () => (session.running === running ? end() : endWithCommand(session, end)))
}

interface EndedInput {
  /** The command that runs now. */
  readonly running: object | undefined
  after(ms: number, run: () => void): Cancel
}
