import { inspect } from 'node:util'
import type { LogFields, Logger } from '../core/log.ts'

/** A log for people, on standard error: the time, the sentence, the facts. */
export const READABLE_LOG: Logger = {
  debug() {},
  info: (fields, message) => line(fields, message),
  warn: (fields, message) => line(fields, `warning: ${message}`),
  error: (fields, message) => line(fields, `error: ${message}`),
}

function line({ err, ...fields }: LogFields, message: string): void {
  const time = new Date().toISOString().slice(11, 19)
  const facts = Object.entries(fields).map(([name, value]) => `${name}=${inspect(value, { breakLength: Infinity })}`)
  process.stderr.write(`${[time, message, ...facts].join(' ')}\n`)
  if (err !== undefined) process.stderr.write(`${inspect(err)}\n`)
}
