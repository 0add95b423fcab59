import { AnswerbackError } from '../core/errors.ts'
import { ArgumentFault, wordOf } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import type { StandardIssue, StandardResult, StandardSchemaV1 } from './standard-schema.ts'
import type { UsageText } from './usage-reader.ts'
import { visible } from './visible.ts'

/** By parameter name. */
export type Validators = Readonly<Record<string, StandardSchemaV1>>

/**
 * Gives each argument to its validator, one after the other in the order in which the validators are written, and puts what
 * comes back in its place. Absent arguments are not shown. Synchronous as long as the validators are.
 * A validator that throws or rejects makes this throw or reject: that is the program's mistake, not the user's.
 */
export function validate(
  usage: UsageText,
  words: readonly string[],
  from: number,
  args: Arguments,
  validators: Validators,
): Arguments | ArgumentFault | Promise<Arguments | ArgumentFault> {
  const names = Object.keys(validators)
  const run = (at: number): Arguments | ArgumentFault | Promise<Arguments | ArgumentFault> => {
    for (let index = at; index < names.length; index++) {
      const name = names[index] ?? ''
      const validator = validators[name]
      if (validator === undefined || !Object.hasOwn(args, name)) continue
      const result = validator['~standard'].validate(args[name])
      if (isPromise(result)) return result.then((settled) => settle(name, settled) ?? run(index + 1))
      const fault = settle(name, result)
      if (fault !== undefined) return fault
    }
    return args
  }
  const settle = (name: string, result: StandardResult<unknown>): ArgumentFault | undefined => {
    if (result.issues !== undefined) return faultOf(usage, words, from, name, result.issues)
    args[name] = result.value
    return undefined
  }
  return run(0)
}

/** Throws an `AnswerbackError` (`USAGE`) where a validator is for no parameter: what the compiler says, for texts that it does not know. */
export function checkValidators(usage: UsageText, validators: Validators): void {
  const keys = new Set([...usage.parameters.map(({ name }) => name), ...usage.flags.map(({ key }) => key)])
  const stray = Object.keys(validators).find((name) => !keys.has(name))
  if (stray !== undefined)
    throw new AnswerbackError('USAGE', { usage: usage.text, reason: `no parameter is named '${stray}'` })
}

function faultOf(
  usage: UsageText,
  words: readonly string[],
  from: number,
  name: string,
  issues: readonly StandardIssue[],
): ArgumentFault {
  const issue = issues[0]
  const step = issue?.path?.[0]
  const key = typeof step === 'object' ? step.key : step
  const message = visible(issue?.message ?? 'not valid', LONGEST_MESSAGE)
  return new ArgumentFault(wordOf(usage, words, from, name, Number(key ?? 0) || 0), `${name}: ${message}`)
}

/** Characters of a validator's message that the user is shown. */
const LONGEST_MESSAGE = 300

function isPromise<T>(result: T | Promise<T>): result is Promise<T> {
  return typeof (result as { then?: unknown }).then === 'function'
}
