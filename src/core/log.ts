/**
 * Where answerback reports to its operator: the shape of pino, so that a pino logger fits as it is, and so does `console`
 * behind three lines. Facts come as fields, the sentence second.
 */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

/** `err` holds an exception, under the name that pino serialises. */
export interface LogFields {
  readonly err?: unknown
  readonly [field: string]: unknown
}

/** Says nothing. */
export const SILENT: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** What a logger of ours has for a level that it drops: by it whoever makes fields for a line can tell that nobody will read them. */
export function ignore(): void {}
