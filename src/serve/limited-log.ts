import type { LogFields, Logger, LogLevel } from '../core/log.ts'

/** The interval in milliseconds at which lines of one sentence and reason are logged. */
export const LOG_INTERVAL_MS = 1000
/** The most reasons of one sentence that are distinguished in that time; others share a line. */
export const MOST_REASONS = 16

/**
 * Returns a log for lines that an unauthenticated peer can cause. It writes one a second for each
 * sentence and reason, with a `count` of those since the last.
 */
export function limitedLog(log: Logger, now: () => number): Logger {
  const repeats = new Repeats(now)
  const limited = (level: LogLevel) => (fields: LogFields, message: string) => {
    const count = repeats.count(message, fields['reason'])
    if (count > 0) log[level]({ ...fields, count }, message)
  }
  return { debug: limited('debug'), info: limited('info'), warn: limited('warn'), error: limited('error') }
}

/** Counts lines, and decides which to write. */
export class Repeats {
  readonly #now: () => number
  readonly #most: number
  readonly #sentences: Map<string, Map<unknown, LoggedLine>> = new Map()

  /** `most` is the number of reasons of one sentence that are distinguished. */
  constructor(now: () => number, most: number = MOST_REASONS) {
    this.#now = now
    this.#most = most
  }

  /** Returns the number of lines since the last written one; 0 for a line not to write. */
  count(message: string, reason: unknown): number {
    const reasons = this.#sentences.get(message) ?? new Map<unknown, LoggedLine>()
    this.#sentences.set(message, reasons)
    const now = this.#now()
    const key = reasons.has(reason) || this.#isRoom(reasons, now) ? reason : OTHERS
    const line = reasons.get(key) ?? { at: -Infinity, count: 0 }
    reasons.set(key, line)
    line.count += 1
    if (now - line.at < LOG_INTERVAL_MS) return 0
    const { count } = line
    reasons.set(key, { at: now, count: 0 })
    return count
  }

  /** Returns whether there is room for a reason, after evicting expired ones. */
  #isRoom(reasons: Map<unknown, LoggedLine>, now: number): boolean {
    if (reasons.size < this.#most) return true
    for (const [reason, { at }] of reasons) if (now - at >= LOG_INTERVAL_MS) reasons.delete(reason)
    return reasons.size < this.#most
  }
}

/** When a line was last written, and how many have come since. */
interface LoggedLine {
  readonly at: number
  count: number
}

const OTHERS: unique symbol = Symbol('others')
