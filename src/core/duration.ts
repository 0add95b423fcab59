import { optionError } from './options.ts'

export interface DurationRules {
  /** What it is counted in. Default `milliseconds`. */
  readonly unit?: 'milliseconds' | 'seconds'
  /** The least that it can be. Default 0. `-Infinity`: what lies in the past is due at once. */
  readonly least?: number
}

/**
 * Returns a duration that a caller has given. `Infinity` waits for ever; a duration of any length
 * is kept by `waitFor`. Throws an `AnswerbackError` (`OPTION`) for what is no such number.
 */
export function durationOf(option: string, given: unknown, rules: DurationRules = {}): number {
  const { unit = 'milliseconds', least = 0 } = rules
  if (typeof given === 'number' && given >= least) return given
  const bound = least === -Infinity ? '' : `, ${least} or more`
  throw optionError(option, given, `it is a number of ${unit}${bound}`)
}
