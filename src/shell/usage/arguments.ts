import { ArgumentFault, enumeration, misfit } from './fault.ts'
import { FlagReader } from './flags.ts'
import { parameterUsage } from './labels.ts'
import { readLiteral } from './literals.ts'
import type { Arguments, Parameter, UsageText } from './text.ts'
import { quoted } from '../../core/text/visible.ts'

/**
 * Reads words as the arguments that a usage text declares. `from` is the index of the first word
 * after the command's name. Wrong words are the user's mistake: they return an `ArgumentFault`, and
 * never throw.
 *
 * - `--` ends the flags and is no argument itself: after it no word is a flag. A second `--` is an
 *   ordinary word.
 * - A command that declares no flag takes every other word unchanged: `echo -n` echoes it. So a
 *   flag can be added later without changing what `--` does.
 * - Otherwise: `-v`, `-vf`, `-n 5`, `-n5`, `--count 5`, `--count=5`, anywhere among the words
 *   before `--`.
 * - A negative number is a value, unless a flag has the name of its first digit.
 * - From the first word of a `:line` on all is text: neither flags nor `--` are looked for in it.
 *
 * `line` is that text as it was typed; without it, the words are joined by blanks.
 */
export function readArguments(
  usage: UsageText,
  words: readonly string[],
  from: number,
  line?: string,
): Arguments | ArgumentFault {
  const args: Arguments = usage.inherited ? Object.create(null) : {}
  if (usage.flags.length === 0) {
    const others = words.indexOf('--', from) < 0 ? undefined : aroundEnd(usage, words, from)
    return usage.takesLine
      ? readWithLine(usage.parameters, words, args, others ?? indicesFrom(words, from), line)
      : readPositionals(usage.parameters, words, args, from, others)
  }
  const flags = new FlagReader(usage, words, args)
  const fault = flags.read(from)
  if (fault !== undefined) return fault
  return usage.takesLine
    ? readWithLine(usage.parameters, words, args, flags.others, line)
    : readPositionals(usage.parameters, words, args, from, flags.others)
}

export { ArgumentFault }

/**
 * Returns the index of the word with which a `:line` begins; `undefined` where the command takes
 * none, or the words do not reach it.
 */
export function lineStart(usage: UsageText, words: readonly string[], from: number): number | undefined {
  if (!usage.takesLine) return undefined
  const { fault, others } = toldApart(usage, words, from)
  return fault === undefined ? others[usage.parameters.length - 1] : undefined
}

/**
 * Returns the index of the word that gave an argument, or one item of a list; `words.length` if no
 * word did.
 */
export function wordOf(
  usage: UsageText,
  words: readonly string[],
  from: number,
  key: string,
  item: number = 0,
): number {
  const { flags, others } = toldApart(usage, words, from)
  const parameter = usage.parameters.findIndex(({ name }) => name === key)
  if (parameter < 0) return flags.places.get(key)?.[item] ?? words.length
  return others[parameter + item] ?? words.length
}

/**
 * Returns the indices of the words that give secrets; if the words are wrong, all indices from
 * `from` on.
 */
export function secretWords(usage: UsageText, words: readonly string[], from: number): number[] {
  const { flags, fault, others } = toldApart(usage, words, from)
  if (fault !== undefined) return indicesFrom(words, from)
  const positions = usage.parameters.flatMap(({ type, many }, i) =>
    type === 'secret' ? others.slice(i, many ? undefined : i + 1) : [],
  )
  const values = usage.flags.flatMap(({ key, value }) =>
    value?.type === 'secret' ? (flags.places.get(key) ?? []) : [],
  )
  return [...positions, ...values]
}

/** Separates the words of flags from all others, without reading values. */
function toldApart(usage: UsageText, words: readonly string[], from: number): WordsApart {
  const flags = new FlagReader(usage, words, {})
  if (usage.flags.length > 0) return { flags, fault: flags.read(from), others: flags.others }
  return { flags, fault: undefined, others: aroundEnd(usage, words, from) ?? indicesFrom(words, from) }
}

interface WordsApart {
  readonly flags: FlagReader
  readonly fault: ArgumentFault | undefined
  readonly others: readonly number[]
}

function indicesFrom(words: readonly string[], from: number): number[] {
  return words.map((_, i) => i).slice(from)
}

/**
 * Returns the indices of all words from `from` on except the first `--`; `undefined` without a
 * `--`, as in most inputs, or where it is part of a `:line`.
 */
function aroundEnd({ takesLine, parameters }: UsageText, words: readonly string[], from: number): number[] | undefined {
  const end = words.indexOf('--', from)
  if (end < 0 || (takesLine && end - from >= parameters.length)) return undefined
  return Array.from({ length: words.length - from - 1 }, (_, i) => (from + i < end ? from + i : from + i + 1))
}

/**
 * Reads the positional parameters. `others` are the indices of the words that are arguments;
 * without it, all words from `from` on are.
 */
function readPositionals(
  parameters: readonly Parameter[],
  words: readonly string[],
  args: Arguments,
  from: number,
  others?: readonly number[],
): Arguments | ArgumentFault {
  const count = others === undefined ? words.length - from : others.length
  let used = 0
  for (const parameter of parameters) {
    if (used >= count && parameter.required) return missing(parameters, parameter, words.length)
    const end = parameter.many ? count : Math.min(used + 1, count)
    // Allocated at its length: the first push to an empty list allocates room for 17.
    const list: unknown[] | undefined = parameter.many ? words.slice(0, end - used) : undefined
    const first = used
    if (list !== undefined) args[parameter.name] = list
    if (end === used && parameter.default !== undefined) args[parameter.name] = parameter.default.value
    for (; used < end; used++) {
      const index = others?.[used] ?? from + used
      const word = words[index] ?? ''
      const value = parameter.type === 'string' ? word : readLiteral(parameter, word)
      if (value === undefined) return misfit(parameter.name, parameter, word, index)
      if (list === undefined) args[parameter.name] = value
      else list[used - first] = value
    }
  }
  return used < count ? tooMany(words, others?.[used] ?? from + used, count - used) : args
}

/** The last parameter is a `:line`: one word is made of all from its first word on. */
function readWithLine(
  parameters: readonly Parameter[],
  words: readonly string[],
  args: Arguments,
  others: readonly number[],
  line: string | undefined,
): Arguments | ArgumentFault {
  const at = others[parameters.length - 1]
  if (at === undefined) return readPositionals(parameters, words, args, 0, others)
  const joined = [...words.slice(0, at), line ?? words.slice(at).join(' ')]
  return readPositionals(parameters, joined, args, 0, others.slice(0, parameters.length))
}

function missing(parameters: readonly Parameter[], first: Parameter, words: number): ArgumentFault {
  const names = parameters
    .slice(parameters.indexOf(first))
    .filter(({ required }) => required)
    .map(parameterUsage)
  return new ArgumentFault(words, `needs ${enumeration(names, 'and')}`)
}

function tooMany(words: readonly string[], word: number, count: number): ArgumentFault {
  const shown = quoted(words[word] ?? '')
  return new ArgumentFault(
    word,
    count === 1 ? `one word too many: ${shown}` : `${count} words too many, from ${shown} on`,
  )
}
