import { checkOptions, wholeNumber } from '../../core/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options.ts'

/** What an SSH client may cost beyond the limits of `serve`. Each has a default that suits a public port; `Infinity` switches a limit off. */
export interface SshLimits {
  /** Sessions at a time on one connection. Default 10. */
  readonly sessions?: number
  /**
   * Seconds from the login to the start of the first session; a channel that asks for nothing is
   * none. Default 60.
   */
  readonly sessionGrace?: number
  /** Seconds that a connection may stay when its last session has ended, for another one. Default 600. */
  readonly idleConnection?: number
  /** Characters of a command (`ssh host command`). Default and most 32,768. */
  readonly commandLength?: number
  /** New keys after so many bytes, both ways together, … Default 1 GiB. */
  readonly rekeyBytes?: number
  /** … or when so many seconds have passed and something is sent. Default 3600. */
  readonly rekeySeconds?: number
}

export const DEFAULT_LIMITS: Required<SshLimits> = {
  sessions: 10,
  sessionGrace: 60,
  idleConnection: 600,
  commandLength: 32_768,
  rekeyBytes: 1024 ** 3,
  rekeySeconds: 3600,
}

/**
 * Fills in the defaults; throws `OPTION` for a name that is not known and for a number that cannot
 * be.
 */
export function chooseLimits(given: SshLimits = {}): Required<SshLimits> {
  checkOptions('limits', CHECKS, given, 'limits.')
  const limits = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...DEFAULT_LIMITS, ...limits }
}

const seconds: OptionCheck = value =>
  typeof value === 'number' && value > 0 ? undefined : 'it is a number of seconds above 0, or Infinity'

const CHECKS: OptionTable<SshLimits> = {
  sessions: wholeNumber(1, true),
  sessionGrace: seconds,
  idleConnection: seconds,
  commandLength: value =>
    wholeNumber(1)(value) === undefined && (value as number) <= DEFAULT_LIMITS.commandLength
      ? undefined
      : `it is a whole number from 1 to ${DEFAULT_LIMITS.commandLength}`,
  rekeyBytes: wholeNumber(1, true),
  rekeySeconds: seconds,
}
