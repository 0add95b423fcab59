import { inspect } from 'node:util'
import { SILENT } from '../core/log.ts'
import type { LogFields, Logger } from '../core/log.ts'
import { visible, visibleLines } from '../core/text/visible.ts'

/**
 * The default logger. It writes warnings and errors, so that no exception vanishes for want of a
 * log.
 */
export const CONSOLE_LOG: Logger = {
  ...SILENT,
  isLevelEnabled: level => level === 'warn' || level === 'error',
  warn: (fields, message) => report('warning', fields, message),
  error: (fields, message) => report('error', fields, message),
}

function report(level: string, fields: LogFields, message: string): void {
  process.stderr.write(`answerback: ${level}: ${logEntry(fields, message)}`)
}

/** Returns the text for one log call: a line, and an exception's further lines, indented. */
export function logEntry({ err, ...fields }: LogFields, message: string): string {
  const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${inspect(value, IN_ONE_LINE)}`)
  const cause = err === undefined ? '' : `\n  ${visibleLines(inspect(err))}`
  return `${visible(message + facts.join(''))}${cause}\n`
}

const IN_ONE_LINE = { breakLength: Infinity, compact: Infinity } as const
