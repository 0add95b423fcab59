import { aBoolean, aFunction, aText, checkOptions, isText, optionError } from '../../core/options/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options/options.ts'
import type { LooseCommandOptions } from './command.ts'

/** Throws an `AnswerbackError` (`OPTION`) for what a program without a compiler may pass. */
export function checkDeclaration(name: string, about: unknown, handler: unknown): void {
  if (typeof about === 'function') throw optionError('about', about, WRITTEN)
  checkOptions(`the command ${name}`, ABOUT, about)
  if (typeof handler !== 'function') throw optionError('handler', handler, WRITTEN)
}

const WRITTEN = "write command('name', 'What it does.', handler)"

/** Throws an `AnswerbackError` (`OPTION`) for arguments of `use()` that are wrong. */
export function checkUse(first: unknown, second: unknown): void {
  if (typeof first === 'string') {
    if (!isCollection(second)) throw optionError('use', second, PREFIXED)
  } else if (second !== undefined) {
    throw optionError('use', second, `a second argument follows a prefix: ${PREFIXED}`)
  } else if (typeof first !== 'function' && !isCollection(first)) {
    throw optionError('use', first, 'it is a middleware, a set of commands, or a prefix and a set')
  }
}

const PREFIXED = "write use('prefix', set)"

function isCollection(value: unknown): boolean {
  return Array.isArray((Object(value) as { commands?: unknown }).commands)
}

const ABOUT: OptionTable<LooseCommandOptions> = {
  summary: aText,
  help: aText,
  parameters: aText,
  notes: eachOf('a text', isText),
  hidden: aBoolean,
  allow: aFunction,
  args: eachOf('a validator of Standard Schema, as those of zod are', isValidator),
  complete: eachOf('a list or a function', value => typeof value === 'function' || isIterable(value)),
}

/** An object with a value for each parameter, all of which fit. */
function eachOf(what: string, fits: (value: unknown) => boolean): OptionCheck {
  return given => {
    const values = typeof given === 'object' && given !== null ? Object.values(given) : [null]
    return values.every(value => value === undefined || fits(value)) ? undefined : `each parameter has ${what}`
  }
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

function isValidator(value: unknown): boolean {
  const standard = (Object(value) as { '~standard'?: { validate?: unknown } | null })['~standard']
  return typeof standard?.validate === 'function'
}
