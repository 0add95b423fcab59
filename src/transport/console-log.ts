import { inspect } from 'node:util'
import { ignore } from '../core/log.ts'
import type { LogFields, Logger } from '../core/log.ts'

/** What is used where no logger is given: silent as long as all goes well. Exceptions must not vanish because nobody has thought of a log yet. */
export const CONSOLE_LOG: Logger = {
  debug: ignore,
  info: ignore,
  warn: (fields, message) => report('warning', fields, message),
  error: (fields, message) => report('error', fields, message),
}

function report(level: string, { err, ...fields }: LogFields, message: string): void {
  const facts = Object.keys(fields).length === 0 ? '' : ` ${inspect(fields, { breakLength: Infinity })}`
  const cause = err === undefined ? '' : `\n${inspect(err)}`
  process.stderr.write(`answerback: ${level}: ${message}${facts}${cause}\n`)
}
