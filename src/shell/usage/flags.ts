import { ArgumentFault, misfit } from './fault.ts'
import { placeholder } from './labels.ts'
import { readLiteral } from './literals.ts'
import { didYouMean } from '../../core/text/nearest.ts'
import type { Arguments, Flag, UsageText } from './text.ts'
import { quoted } from '../../core/text/visible.ts'

/** Takes the flags out of a command's words, and stores their values among its arguments. */
export class FlagReader {
  /** The indices of words that belong to no flag. */
  readonly others: number[] = []
  /** By key: the index of each word that gave a value. */
  readonly places: Map<string, number[]> = new Map()
  /** A flag that still lacks its value when the words end. */
  awaiting: Flag | undefined
  /** Whether `--` was read: no word after it is a flag. */
  ended = false
  readonly #flags: readonly Flag[]
  /** After so many words that are not flags', all is text. */
  readonly #textAfter: number
  readonly #words: readonly string[]
  readonly #args: Arguments
  /** The index of the current word. */
  #index = 0

  constructor({ flags, parameters, takesLine }: UsageText, words: readonly string[], args: Arguments) {
    this.#flags = flags
    this.#textAfter = takesLine ? parameters.length : Infinity
    this.#words = words
    this.#args = args
    for (const flag of flags) {
      if (flag.many) args[flag.key] = []
      else if (flag.value === undefined) args[flag.key] = false
      else if (flag.value.default !== undefined) args[flag.key] = flag.value.default.value
    }
  }

  read(from: number): ArgumentFault | undefined {
    for (this.#index = from; this.#index < this.#words.length; this.#index++) {
      const fault = this.#word(this.#words[this.#index] ?? '')
      if (fault !== undefined) return fault
    }
    return undefined
  }

  #word(word: string): ArgumentFault | undefined {
    if (this.ended || this.others.length >= this.#textAfter) return void this.others.push(this.#index)
    this.ended = word === '--'
    if (this.ended) return undefined
    return this.isFlag(word) ? this.#flag(word) : void this.others.push(this.#index)
  }

  /** Returns whether a word counts as a flag, known or not. */
  isFlag(word: string): boolean {
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

  /**
   * Reads `-v`, `-vf`, `-n5`: switches until one takes a value, which is the rest of the word or
   * the next word.
   */
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
    if (word === undefined) this.awaiting = flag
    if (word === undefined)
      return new ArgumentFault(this.#index + 1, `${quoted(name)} needs <${placeholder(flag.value)}>`)
    const value = readLiteral(flag.value, word)
    if (value === undefined) return misfit(name, flag.value, word, this.#index)
    this.#store(flag, value)
    return undefined
  }

  /**
   * Returns the next value. A word that is a flag itself is no value; `--tag=--force` passes one.
   */
  #nextValue(): string | undefined {
    const next = this.#words[this.#index + 1]
    if (next === undefined || !this.isValue(next)) return undefined
    this.#index++
    return next
  }

  /** Returns whether a word can be the value of the flag before it. */
  isValue(word: string): boolean {
    return word !== '--' && !(this.isFlag(word) && this.#isKnown(word))
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
