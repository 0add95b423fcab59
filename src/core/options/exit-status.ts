import { optionError } from './options.ts'

/** Exit statuses, as POSIX shells use them: what `ssh host command` ends with. */
export const STATUS = { ok: 0, failed: 1, usage: 2, unknown: 127, interrupted: 130, terminated: 143 } as const

/**
 * Returns the exit status that a program sees. Whole numbers from `least` to 255 stay as they are,
 * and any other number becomes 255: programs keep the lowest eight bits alone, and would read 256
 * as success. `least` is 1 for a failure. What is no number throws an `AnswerbackError` (`OPTION`).
 */
export function exitStatus(status: number, least: 0 | 1 = 0): number {
  if (typeof status !== 'number') throw optionError('status', status, `it is a number from ${least} to 255`)
  return Number.isInteger(status) && status >= least && status <= 255 ? status : 255
}
