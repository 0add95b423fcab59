import { AnswerbackError } from './errors.ts'
import { nearest } from '../text/nearest.ts'
import { SafeText } from '../text/safe-text.ts'

/** Returns what is wrong with a value, as the end of a sentence; `undefined` if it is valid. */
export type OptionCheck = (value: unknown) => string | undefined

/** The names of a set of options, with a check for each. */
export type OptionTable<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck }

/**
 * Throws an `AnswerbackError` (`OPTION`) for an unknown name or an invalid value. A misspelt option
 * must not be ignored, least of all one that keeps users out. `owner` names the owner of the
 * options in the message. `prefix` goes before their names.
 */
export function checkOptions<Options>(
  owner: string,
  table: OptionTable<Options>,
  given: unknown,
  prefix: string = '',
): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw optionError(prefix === '' ? 'options' : prefix.slice(0, -1), given, 'it is an object')
  checkNames(owner, Object.keys(table), given, prefix)
  for (const [name, value] of Object.entries(given)) {
    const way = value === undefined ? undefined : table[name as keyof Options](value)
    if (way !== undefined) throw optionError(`${prefix}${name}`, value, way)
  }
}

/** Throws for a name alone. */
function checkNames(owner: string, names: readonly string[], given: object, prefix: string = ''): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    const all = `${owner} has ${names.join(', ')}`
    const way = near === undefined ? all : `${owner} has no such option. Did you mean \`${near}\`?`
    throw new AnswerbackError('OPTION', { option: `${prefix}${name}`, value: 'given', way })
  }
}

/** Returns an error that shows the given value. `way` says what is valid instead. */
export function optionError(option: string, value: unknown, way: string): AnswerbackError {
  return new AnswerbackError('OPTION', { option, value: shown(value), way })
}

/** Returns a value as a message to its programmer shows it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

export const anything: OptionCheck = () => undefined
export const aBoolean: OptionCheck = value => (typeof value === 'boolean' ? undefined : 'it is true or false')
export const aFunction: OptionCheck = value => (typeof value === 'function' ? undefined : 'it is a function')
export const aText: OptionCheck = value => (isText(value) ? undefined : 'it is a text')

export function isText(value: unknown): value is string | SafeText {
  return typeof value === 'string' || value instanceof SafeText
}

export function oneOf(...allowed: readonly unknown[]): OptionCheck {
  const way = allowed.length === 1 ? `it is '${String(allowed[0])}', or left out` : `it is one of ${allowed.join(', ')}`
  return value => (allowed.includes(value) ? undefined : way)
}

/** A whole number from `least` on; `Infinity` too, if `unlimited`. */
export function wholeNumber(least: number, unlimited: boolean = false): OptionCheck {
  const way = `it is a whole number, ${least} or more${unlimited ? ', or Infinity' : ''}`
  return value => {
    const fits = Number.isSafeInteger(value) || (unlimited && value === Infinity)
    return fits && (value as number) >= least ? undefined : way
  }
}

/** A list of texts, each of which fits. */
export function listOf(what: string, fits: (text: string) => boolean = () => true): OptionCheck {
  const isRight = (item: unknown): boolean => typeof item === 'string' && fits(item)
  return value => (Array.isArray(value) && value.every(isRight) ? undefined : `it is a list of ${what}`)
}

/** An object with these methods. */
export function withMethods(what: string, ...methods: readonly string[]): OptionCheck {
  const has = (value: object): boolean =>
    methods.every(method => typeof (value as Record<string, unknown>)[method] === 'function')
  return value => (typeof value === 'object' && value !== null && has(value) ? undefined : `it is ${what}`)
}

/** Accepts a value that either check accepts; otherwise the second check says what is wrong. */
export function either(first: OptionCheck, second: OptionCheck): OptionCheck {
  return value => (first(value) === undefined ? undefined : second(value))
}
