/**
 * Where answerback reports to its operator. It has the shape of pino, so that a pino logger fits as
 * it is, and `console` with three lines. Fields come first, the message second.
 */
export interface Logger {
  /** Logs what helps to debug. */
  debug(fields: LogFields, message: string): void
  /** Logs what is normal. */
  info(fields: LogFields, message: string): void
  /** Logs what needs attention. */
  warn(fields: LogFields, message: string): void
  /** Logs what has failed. */
  error(fields: LogFields, message: string): void
  /**
   * Returns whether lines of a level are written, as pino's does; fields of other lines are never
   * computed. If absent, all levels are written.
   */
  isLevelEnabled?(level: LogLevel): boolean
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** `err` holds an exception, under the name that pino serialises. */
export interface LogFields {
  /** The exception. */
  readonly err?: unknown
  readonly [field: string]: unknown
}

/** Writes nothing. */
export const SILENT: Logger = {
  debug: writeNothing,
  info: writeNothing,
  warn: writeNothing,
  error: writeNothing,
  isLevelEnabled: () => false,
}

function writeNothing(): void {}
