import { aTimeout } from '../../core/options/duration.ts'
import { checkOptions, wholeNumber } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'

/**
 * The cost limits of an SSH client beyond the limits of `serve`. Each has a default that suits a
 * public port; `Infinity` disables a limit. Times are milliseconds, 1000 at least.
 */
export interface SshLimits {
  /**
   * Sessions at a time on one connection.
   * @default 10
   */
  readonly maxSessions?: number
  /**
   * Time from the login to the start of the first session. A channel that requests nothing is no
   * session.
   * @default 60,000
   */
  readonly sessionStartTimeout?: number
  /**
   * How long a connection may stay open without a session after its last one has ended.
   * @default 600,000
   */
  readonly unusedConnectionTimeout?: number
  /**
   * The longest command (`ssh host command`), in characters. At most 32,768.
   * @default 32,768
   */
  readonly maxCommandLength?: number
  /**
   * Exchanges new keys after so many bytes, both ways together.
   * @default 1 GiB
   */
  readonly rekeyBytes?: number
  /**
   * Exchanges new keys with the first packet after so much time.
   * @default 3,600,000
   */
  readonly rekeyInterval?: number
}

export const DEFAULT_LIMITS: Required<SshLimits> = {
  maxSessions: 10,
  sessionStartTimeout: 60_000,
  unusedConnectionTimeout: 600_000,
  maxCommandLength: 32_768,
  rekeyBytes: 1024 ** 3,
  rekeyInterval: 3_600_000,
}

/** Fills in the defaults; throws `OPTION` for an unknown name or an invalid number. */
export function chooseSshLimits(given: SshLimits = {}): Required<SshLimits> {
  checkOptions('limits', CHECKS, given, 'limits.')
  const limits = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...DEFAULT_LIMITS, ...limits }
}

const CHECKS: OptionTable<SshLimits> = {
  maxSessions: wholeNumber(1, true),
  sessionStartTimeout: aTimeout,
  unusedConnectionTimeout: aTimeout,
  maxCommandLength: value =>
    wholeNumber(1)(value) === undefined && (value as number) <= DEFAULT_LIMITS.maxCommandLength
      ? undefined
      : `it is a whole number from 1 to ${DEFAULT_LIMITS.maxCommandLength}`,
  rekeyBytes: wholeNumber(1, true),
  rekeyInterval: aTimeout,
}
