import { optionError } from './options.ts'

/** Exit statuses, as in POSIX shells: those with which `ssh host command` ends. */
export const STATUS = { ok: 0, failed: 1, usage: 2, unknown: 127, interrupted: 130, terminated: 143 } as const

/**
 * Returns the exit status for a program. Whole numbers from `least` to 255 stay, and any other
 * number becomes 255. Programs keep only the lowest eight bits, and would read 256 as success.
 * `least` is 1 for a failure. Throws an `AnswerbackError` (`OPTION`) for a value that is no number.
 */
export function exitStatus(status: number, least: 0 | 1 = 0): number {
  if (typeof status !== 'number') throw optionError('status', status, `it is a number from ${least} to 255`)
  return Number.isInteger(status) && status >= least && status <= 255 ? status : 255
}
