import { optionError } from './options.ts'
import type { OptionCheck } from './options.ts'

/** No timeout is shorter, in milliseconds: a smaller number was meant in seconds. */
export const SHORTEST_TIMEOUT_MS = 1000

/**
 * Returns a number of milliseconds that a caller has given. `Infinity` waits for ever; a duration
 * of any length is kept by `waitFor`. `least`: the least that it can be; `-Infinity` where what
 * lies in the past is due at once. Throws an `AnswerbackError` (`OPTION`) for what is no such
 * number.
 */
export function durationOf(option: string, given: unknown, least: number = 0): number {
  if (isAtLeast(given, least)) return given
  const bound = least === -Infinity ? '' : `, ${least} or more`
  throw optionError(option, given, `it is a number of milliseconds${bound}`)
}

/** A number of milliseconds that is long enough to be one; `Infinity` waits for ever. */
export const aTimeout: OptionCheck = value =>
  isAtLeast(value, SHORTEST_TIMEOUT_MS)
    ? undefined
    : `it is a number of milliseconds, ${SHORTEST_TIMEOUT_MS} or more, or Infinity`

function isAtLeast(value: unknown, least: number): value is number {
  return typeof value === 'number' && value >= least
}
