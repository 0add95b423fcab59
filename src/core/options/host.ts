import { optionError } from './options.ts'

/** Throws an `AnswerbackError` (`OPTION`) unless the value is a shell, or another `SessionHost`. */
export function checkHost(given: unknown): void {
  const { prepare, authenticator, open } = Object(given) as Readonly<Record<string, unknown>>
  if ([prepare, authenticator, open].every(method => typeof method === 'function')) return
  throw optionError('shell', given, 'it is a shell, as createShell() and shellOf(class) return one')
}
