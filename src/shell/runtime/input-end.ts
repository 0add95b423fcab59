import type { Cancel } from '../../core/time/clock.ts'

/**
 * How long one command at a terminal may go on after the end of its input, in milliseconds; at most
 * twice as long.
 */
export const INPUT_END_GRACE = 60_000

/**
 * Ends a session after the end of its input, as soon as one command has gone on for too long.
 *
 * Without a terminal the last command is waited for, as in Bash. At a terminal over Telnet, the end
 * of input may be the only sign that the user has left. Call it once: a session has one such timer
 * at most.
 */
export function endWithCommand(session: EndedInput, end: () => void): void {
  const { running } = session
  session.after(INPUT_END_GRACE, () => (session.running === running ? end() : endWithCommand(session, end)))
}

interface EndedInput {
  /** The running command. */
  readonly running: object | undefined
  after(ms: number, run: () => void): Cancel
}
