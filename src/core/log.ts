/**
 * Where answerback reports to its operator: the shape of pino, so that a pino logger fits as it is,
 * and so does `console` behind three lines. Facts come as fields, the sentence second.
 */
export interface Logger {
  /** Logs what helps to debug. */
  debug(fields: LogFields, message: string): void
  /** Logs what is normal. */
  info(fields: LogFields, message: string): void
  /** Logs what somebody should look at. */
  warn(fields: LogFields, message: string): void
  /** Logs what has failed. */
  error(fields: LogFields, message: string): void
  /**
   * Returns whether lines of a level are written, as pino's does; fields of those that are not are
   * never made. Absent: all levels are written.
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
