import { AnswerbackError } from '../../core/options/errors.ts'
import { ArgumentFault, wordOf } from './arguments.ts'
import type { StandardIssue, StandardSchemaV1 } from './standard-schema.ts'
import type { Arguments, UsageText } from './text.ts'
import { andThen, firstOf } from '../../core/async/thenable.ts'
import type { Eventual } from '../../core/async/thenable.ts'
import { visible } from '../../core/text/visible.ts'

/** By parameter name. */
export type Validators = Readonly<Record<string, StandardSchemaV1>>

/**
 * Validates each argument, one after the other in the order of the validators, and replaces it in
 * `args` by the result. Skips absent arguments. Synchronous as long as the validators are. Throws
 * or rejects if a validator does: that is the program's mistake, not the user's.
 */
export function validate(
  usage: UsageText,
  words: readonly string[],
  from: number,
  args: Arguments,
  validators: Validators,
): Eventual<Validated> {
  const present = Object.entries(validators).filter(([name]) => Object.hasOwn(args, name))
  const fault = firstOf(present, ([name, validator]) =>
    andThen(validator['~standard'].validate(args[name]), result => {
      if (result.issues !== undefined) return refused(usage, words, from, name, result.issues)
      args[name] = result.value
      return undefined
    }),
  )
  return andThen(fault, wrong => wrong ?? args)
}

/**
 * Throws an `AnswerbackError` (`USAGE`) if a validator, completer or note names no parameter. The
 * compiler reports this for texts that it knows.
 */
export function checkKeys(usage: UsageText, byName: Readonly<Record<string, unknown>>): void {
  const keys = new Set([...usage.parameters.map(({ name }) => name), ...usage.flags.map(({ key }) => key)])
  const stray = Object.keys(byName).find(name => !keys.has(name))
  if (stray !== undefined)
    throw new AnswerbackError('USAGE', { usage: usage.text, reason: `no parameter is named '${stray}'` })
}

type Validated = Arguments | ArgumentFault

/**
 * Returns the first issue as a fault of the word it concerns: an item of a list has its own word.
 */
function refused(
  usage: UsageText,
  words: readonly string[],
  from: number,
  name: string,
  issues: readonly StandardIssue[],
): ArgumentFault {
  const step = issues[0]?.path?.[0]
  const key = typeof step === 'object' ? step.key : step
  const word = wordOf(usage, words, from, name, typeof key === 'number' ? key : 0)
  return new ArgumentFault(word, `${name}: ${visible(issues[0]?.message ?? 'not valid', LONGEST_MESSAGE)}`)
}

/** The most characters of a validator's message that are shown. */
const LONGEST_MESSAGE = 300
