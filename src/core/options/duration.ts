import { optionError } from './options.ts'
import type { OptionCheck } from './options.ts'

/** The shortest timeout, in milliseconds: a smaller number was meant in seconds. */
export const SHORTEST_TIMEOUT_MS = 1000

/**
 * Returns a caller's duration in milliseconds. `Infinity` waits for ever; `waitFor` keeps a
 * duration of any length. `least` is the minimum; `-Infinity` allows the past, which is due at
 * once. Throws an `AnswerbackError` (`OPTION`) for any other value.
 */
export function durationOf(option: string, given: unknown, least: number = 0): number {
  if (isAtLeast(given, least)) return given
  const bound = least === -Infinity ? '' : `, ${least} or more`
  throw optionError(option, given, `it is a number of milliseconds${bound}`)
}

/** A number of milliseconds that is long enough; `Infinity` waits for ever. */
export const aTimeout: OptionCheck = value =>
  isAtLeast(value, SHORTEST_TIMEOUT_MS)
    ? undefined
    : `it is a number of milliseconds, ${SHORTEST_TIMEOUT_MS} or more, or Infinity`

function isAtLeast(value: unknown, least: number): value is number {
  return typeof value === 'number' && value >= least
}
