import type { LogFields, Logger } from '../core/log.ts'
import { logEntry } from '../platform/console-log.ts'

/** A log for people, on standard error: time, sentence and fields. */
export const READABLE_LOG: Logger = {
  debug() {},
  info: (fields, message) => line(fields, message),
  warn: (fields, message) => line(fields, `warning: ${message}`),
  error: (fields, message) => line(fields, `error: ${message}`),
  isLevelEnabled: level => level !== 'debug',
}

function line(fields: LogFields, message: string): void {
  const time = new Date().toISOString().slice(11, 19)
  process.stderr.write(`${time} ${logEntry(fields, message)}`)
}
