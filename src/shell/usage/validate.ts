import { AnswerbackError } from '../../core/errors.ts'
import { ArgumentFault, wordOf } from './arguments.ts'
import type { StandardIssue, StandardSchemaV1 } from './standard-schema.ts'
import type { Arguments, UsageText } from './text.ts'
import { visible } from '../../core/visible.ts'

/** By parameter name. */
export type Validators = Readonly<Record<string, StandardSchemaV1>>

/**
 * Gives each argument to its validator, one after the other in the order in which the validators are written, and puts what
 * comes back in its place in `args`. Absent arguments are not shown. Synchronous as long as the validators are.
 * A validator that throws or rejects makes this throw or reject: that is the program's mistake, not the user's.
 */
export function validate(
  usage: UsageText,
  words: readonly string[],
  from: number,
  args: Arguments,
  validators: Validators,
): Validated | Promise<Validated> {
  const present = Object.entries(validators).filter(([name]) => Object.hasOwn(args, name))
  const run = (first: number): Validated | Promise<Validated> => {
    for (let index = first; index < present.length; index++) {
      const [name, validator] = present[index] as [string, StandardSchemaV1]
      const result = validator['~standard'].validate(args[name])
      if (isPromise(result)) return result.then(settled => settle(name, settled) ?? run(index + 1))
      const wrong = settle(name, result)
      if (wrong !== undefined) return wrong
    }
    return args
  }
  const settle = (name: string, result: Result): ArgumentFault | undefined => {
    if (result.issues !== undefined) return refused(usage, words, from, name, result.issues)
    args[name] = result.value
    return undefined
  }
  return run(0)
}

/** Throws an `AnswerbackError` (`USAGE`) where a validator, completer or note is for no parameter: what the compiler says, for texts that it does not know. */
export function checkKeys(usage: UsageText, byName: Readonly<Record<string, unknown>>): void {
  const keys = new Set([...usage.parameters.map(({ name }) => name), ...usage.flags.map(({ key }) => key)])
  const stray = Object.keys(byName).find(name => !keys.has(name))
  if (stray !== undefined)
    throw new AnswerbackError('USAGE', { usage: usage.text, reason: `no parameter is named '${stray}'` })
}

type Validated = Arguments | ArgumentFault
type Result = Awaited<ReturnType<StandardSchemaV1['~standard']['validate']>>

function isPromise(result: Result | Promise<Result>): result is Promise<Result> {
  return typeof (result as { then?: unknown }).then === 'function'
}

/** The first issue, at the word that it is about: an item of a list has one of its own. */
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

/** Characters of a validator's message that the user is shown. */
const LONGEST_MESSAGE = 300
