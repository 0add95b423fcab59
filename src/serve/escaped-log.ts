import type { LogFields, Logger, LogLevel } from '../core/log.ts'
import { visible } from '../core/text/visible.ts'

/**
 * Returns a log that escapes and cuts the texts in every line's fields: they may be a peer's, and
 * logs are read in terminals. `err` is left unchanged, for loggers that know exceptions.
 */
export function escapedLog(log: Logger): Logger {
  return {
    debug: escaping(log, 'debug'),
    info: escaping(log, 'info'),
    warn: escaping(log, 'warn'),
    error: escaping(log, 'error'),
    isLevelEnabled: level => log.isLevelEnabled?.(level) ?? true,
  }
}

function escaping(log: Logger, level: LogLevel): Logger['info'] {
  return (fields, message) => {
    if (log.isLevelEnabled?.(level) !== false) log[level](escaped(fields), message)
  }
}

function escaped(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, name === 'err' ? value : escapedValue(value, DEEPEST)]),
  )
}

function escapedValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return visible(value, LONGEST_LOGGED_CHARS)
  if (typeof value !== 'object' || value === null || depth === 0) return value
  if (Array.isArray(value)) return value.map(each => escapedValue(each, depth - 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, escapedValue(each, depth - 1)]))
}

const LONGEST_LOGGED_CHARS = 256
/** Fields hold a peer, a list of words, a count by name: none is deeper. */
const DEEPEST = 4
