import type { LogFields, Logger, LogLevel } from '../core/log.ts'

/** Lines of one sentence and reason are logged once in so many milliseconds. */
export const LOG_INTERVAL_MS = 1000
/** So many reasons of one sentence are told apart in that time; others share a line. */
export const MOST_REASONS = 16

/**
 * Returns a log for lines that a stranger can cause: one a second for each sentence and reason, in
 * which `count` says how many there were since the last.
 */
export function limitedLog(log: Logger, now: () => number): Logger {
  const repeats = new Repeats(now)
  const limited = (level: LogLevel) => (fields: LogFields, message: string) => {
    const count = repeats.count(message, fields['reason'])
    if (count > 0) log[level]({ ...fields, count }, message)
  }
  return { debug: limited('debug'), info: limited('info'), warn: limited('warn'), error: limited('error') }
}

/** Counts lines, and says of which to write. */
export class Repeats {
  readonly #now: () => number
  readonly #most: number
  readonly #sentences: Map<string, Map<unknown, LoggedLine>> = new Map()

  /** `most`: so many reasons of one sentence are told apart. */
  constructor(now: () => number, most: number = MOST_REASONS) {
    this.#now = now
    this.#most = most
  }

  /** Returns how many there were since the last one that was written; 0: this one is not to be. */
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

  /** Forgets reasons that are over, when there are too many. */
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
