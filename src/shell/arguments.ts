import { isTooLarge, readLiteral } from './literals.ts'
import { didYouMean } from './nearest.ts'
import { TYPE_NAMES } from './usage-sentences.ts'
import type { Flag, Parameter, UsageText, Value } from './usage-reader.ts'
import { quoted } from './visible.ts'

/**
 * Reads words as the arguments that a usage text declares. `from` is the index of the first word after the command's name.
 * Wrong words are the user's mistake, and an answer: an `ArgumentFault`, never an exception.
 *
 * - A command that declares no flag takes every word as it stands: `echo -n --` echoes both.
 * - Otherwise: `-v`, `-vf`, `-n 5`, `-n5`, `--count 5`, `--count=5`, anywhere among the words; after `--` no word is a flag.
 * - A negative number is a value, unless a flag has the name of its first digit.
 */
export function readArguments(usage: UsageText, words: readonly string[], from: number): Arguments | ArgumentFault {
  const args: Arguments = usage.inherited ? Object.create(null) : {}
  if (usage.flags.length === 0) return readPositionals(usage.parameters, words, args, from)
  const flags = new FlagReader(usage.flags, words, args)
  return flags.read(from) ?? readPositionals(usage.parameters, words, args, from, flags.others)
}

/** By parameter name and flag key. What is absent has no property. */
export type Arguments = Record<string, unknown>

/** Words that do not fit their command. */
export class ArgumentFault {
  /** The index of the word at fault; the number of words where one is missing. */
  readonly word: number
  /** Without a full stop, and with nothing in it that a terminal would obey. */
  readonly sentence: string

  constructor(word: number, sentence: string) {
    this.word = word
    this.sentence = sentence
  }
}

/** The index of the word that gave an argument, or one item of a list; `words.length` where no word did. */
export function wordOf(
  usage: UsageText,
  words: readonly string[],
  from: number,
  key: string,
  item: number = 0,
): number {
  const flags = new FlagReader(usage.flags, words, {})
  if (usage.flags.length > 0) flags.read(from)
  const parameter = usage.parameters.findIndex(({ name }) => name === key)
  if (parameter < 0) return flags.places.get(key)?.[item] ?? words.length
  return usage.flags.length > 0
    ? (flags.others[parameter + item] ?? words.length)
    : Math.min(from + parameter + item, words.length)
}

/** `others`: the indices of the words that are not flags'; without it, all words from `from` on. */
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
    const list: unknown[] | undefined = parameter.many ? (args[parameter.name] = []) : undefined
    if (end === used && parameter.default !== undefined) args[parameter.name] = parameter.default.value
    for (; used < end; used++) {
      const index = others?.[used] ?? from + used
      const word = words[index] ?? ''
      const value = readLiteral(parameter, word)
      if (value === undefined) return misfit(parameter.name, parameter, word, index)
      if (list === undefined) args[parameter.name] = value
      else list.push(value)
    }
  }
  return used < count ? tooMany(words, others?.[used] ?? from + used, count - used) : args
}

function missing(parameters: readonly Parameter[], first: Parameter, words: number): ArgumentFault {
  const names = parameters
    .slice(parameters.indexOf(first))
    .filter(({ required }) => required)
    .map(({ name, many }) => (many ? `<${name}...>` : `<${name}>`))
  return new ArgumentFault(words, `needs ${listed(names, 'and')}`)
}

function tooMany(words: readonly string[], index: number, count: number): ArgumentFault {
  const word = quoted(words[index] ?? '')
  return new ArgumentFault(
    index,
    count === 1 ? `one word too many: ${word}` : `${count} words too many, from ${word} on`,
  )
}

function misfit(label: string, declared: Value, word: string, index: number): ArgumentFault {
  if (isTooLarge(declared.type, word)) return new ArgumentFault(index, `${label} is too large: ${quoted(word)}`)
  const hint = didYouMean(word, declared.choices)
  return new ArgumentFault(index, `${label} must be ${expected(declared)}, not ${quoted(word)}${hint}`)
}

function expected({ type, choices }: Value): string {
  if (type !== 'choice') return TYPE_NAMES[type]
  return choices.length > MANY_CHOICES
    ? `one of ${choices.slice(0, MANY_CHOICES).join(', ')}, …`
    : listed(choices, 'or')
}

/** More choices than this are not read out to the user. */
const MANY_CHOICES = 12

/** `a, b and c`. */
function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}

/** Takes the flags out of the words. */
class FlagReader {
  /** The indices of the words that are not flags'. */
  readonly others: number[] = []
  /** By key: the index of each word that gave a value. */
  readonly places: Map<string, number[]> = new Map()
  readonly #flags: readonly Flag[]
  readonly #words: readonly string[]
  readonly #args: Arguments
  /** The word that is being read. */
  #index = 0

  constructor(flags: readonly Flag[], words: readonly string[], args: Arguments) {
    this.#flags = flags
    this.#words = words
    this.#args = args
    for (const flag of flags) {
      if (flag.many) args[flag.key] = []
      else if (flag.value === undefined) args[flag.key] = false
      else if (flag.value.default !== undefined) args[flag.key] = flag.value.default.value
    }
  }

  read(from: number): ArgumentFault | undefined {
    const words = this.#words
    for (this.#index = from; this.#index < words.length; this.#index++) {
      const word = words[this.#index] ?? ''
      if (word === '--') break
      const fault = this.#isFlag(word) ? this.#flag(word) : void this.others.push(this.#index)
      if (fault !== undefined) return fault
    }
    while (++this.#index < words.length) this.others.push(this.#index)
    return undefined
  }

  #isFlag(word: string): boolean {
    if (word.length < 2 || !word.startsWith('-')) return false
    return readLiteral(NUMBER, word) === undefined || this.#short(word.charAt(1)) !== undefined
  }

  #flag(word: string): ArgumentFault | undefined {
    return word.startsWith('--') ? this.#longFlag(word) : this.#shortFlags(word)
  }

  #longFlag(word: string): ArgumentFault | undefined {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const flag = this.#flags.find(({ long }) => long === name.slice(2))
    if (flag === undefined) return this.#unknown(name)
    if (equals < 0) return this.#take(flag, name, undefined)
    return flag.value === undefined
      ? this.#fault(`${quoted(name)} takes no value`)
      : this.#take(flag, name, word.slice(equals + 1))
  }

  /** `-v`, `-vf`, `-n5`: switches until one takes a value, which is the rest of the word, or the next one. */
  #shortFlags(word: string): ArgumentFault | undefined {
    for (let at = 1; at < word.length; at++) {
      const name = `-${word.charAt(at)}`
      const flag = this.#short(word.charAt(at))
      if (flag === undefined) return this.#unknown(at === 1 && word.length > 2 ? word : name)
      if (flag.value !== undefined) return this.#take(flag, name, word.slice(at + 1) || undefined)
      this.#args[flag.key] = true
    }
    return undefined
  }

  #short(name: string): Flag | undefined {
    return this.#flags.find(({ short }) => short === name)
  }

  #take(flag: Flag, name: string, attached: string | undefined): ArgumentFault | undefined {
    if (flag.value === undefined) return void (this.#args[flag.key] = true)
    if (!flag.many && this.places.has(flag.key)) return this.#fault(`${quoted(name)} is given twice`)
    const word = attached ?? this.#nextValue()
    if (word === undefined) return new ArgumentFault(this.#index + 1, `${quoted(name)} needs <${flag.value.name}>`)
    const value = readLiteral(flag.value, word)
    if (value === undefined) return misfit(name, flag.value, word, this.#index)
    this.#store(flag, value)
    return undefined
  }

  /** A word that is a flag itself is no value: `--tag=--force` says so where it is meant. */
  #nextValue(): string | undefined {
    const next = this.#words[this.#index + 1]
    if (next === undefined || next === '--' || (this.#isFlag(next) && this.#isKnown(next))) return undefined
    this.#index++
    return next
  }

  #isKnown(word: string): boolean {
    const name = word.slice(2).split('=', 1)[0]
    return word.startsWith('--')
      ? this.#flags.some(({ long }) => long === name)
      : this.#short(word.charAt(1)) !== undefined
  }

  #store(flag: Flag, value: unknown): void {
    const places = this.places.get(flag.key)
    if (places === undefined) this.places.set(flag.key, [this.#index])
    else places.push(this.#index)
    if (flag.many) (this.#args[flag.key] as unknown[]).push(value)
    else this.#args[flag.key] = value
  }

  #unknown(name: string): ArgumentFault {
    const names = this.#flags.flatMap(({ long }) => (long === undefined ? [] : [`--${long}`]))
    return this.#fault(`unknown flag ${quoted(name)}${didYouMean(name, names)}`)
  }

  #fault(sentence: string): ArgumentFault {
    return new ArgumentFault(this.#index, sentence)
  }
}

const NUMBER = { type: 'number', choices: [] } as const
