import { CONTROL_KEYS, sequenceOf, type Key } from '../../terminal/key.ts'
import { both } from './effect.ts'
import type { Effect } from './effect.ts'
import type { Editing, Mode } from './editing.ts'

/** The first keys of a sequence were pressed: `C-x` of `C-x C-u`. An interrupt is one after them too, unless that is bound. */
export class PrefixMode implements Mode {
  readonly #editing: Editing
  readonly #prefix: string

  constructor(editing: Editing, prefix: string) {
    this.#editing = editing
    this.#prefix = prefix
  }

  type(character: string): Effect {
    return this.key(character === ' ' ? 'Space' : character)
  }

  key(key: Key): Effect {
    const { keyMap } = this.#editing
    const sequence = `${this.#prefix} ${key}`
    const known = keyMap.find(sequence) !== undefined || keyMap.isPrefix(sequence)
    this.#editing.mode = undefined
    return this.#editing.press(!known && keyMap.find(key) === 'interrupt' ? key : sequence)
  }

  paste(): undefined {
    this.#editing.mode = undefined
  }
}

/**
 * A numeric argument is being typed (`digit-argument`, `universal-argument`). The first key that is no part of it is done with
 * it. `M--` alone is −1; `universal-argument` alone is 4, and four times as much each time.
 */
export class ArgumentMode implements Mode {
  readonly #editing: Editing
  #sign = 1
  #value: number
  #digits = false

  constructor(editing: Editing, value = 1) {
    this.#editing = editing
    this.#value = value
  }

  get prompt(): string {
    return `(arg: ${this.#sign * this.#value}) `
  }

  type(character: string): Effect {
    if (/^[0-9]$/.test(character)) return this.#digit(Number(character))
    if (character === '-' && !this.#digits) return this.#minus()
    this.#end()
    return this.#editing.typeCharacter(character)
  }

  key(key: Key): Effect | undefined {
    const name = this.#editing.keyMap.find(key)
    if (key === 'Escape' && name === undefined) return 'none'
    if (name === 'digit-argument') return this.type(key.slice(-1))
    this.#end()
    return undefined
  }

  paste(): undefined {
    this.#editing.mode = undefined
  }

  #digit(digit: number): Effect {
    const value = (this.#digits ? this.#value * 10 : 0) + digit
    this.#digits = true
    return this.#set(value)
  }

  #minus(): Effect {
    this.#sign = -1
    return this.#set(1)
  }

  #set(value: number): Effect {
    this.#value = value
    if (value <= LARGEST_ARGUMENT) return 'edit'
    this.#editing.mode = undefined
    return 'bell'
  }

  #end(): void {
    this.#editing.mode = undefined
    this.#editing.count = this.#sign * this.#value
    this.#editing.explicit = true
  }
}

/** Readline gives up beyond it, and rings. */
const LARGEST_ARGUMENT = 1_000_000

/** The next key goes in as it is: `quoted-insert`. */
export class QuotedMode implements Mode {
  readonly #editing: Editing
  readonly #count: number

  constructor(editing: Editing) {
    this.#editing = editing
    this.#count = editing.count
  }

  type(character: string): Effect {
    this.#editing.mode = undefined
    if (this.#count === 1) return this.#editing.insertTyped(character)
    return this.#count < 1 ? 'none' : this.#editing.insertTimes(character, this.#count)
  }

  /**
   * Of a key that is a sequence the first character is quoted, and the others are typed, as in
   * Readline.
   */
  key(key: Key, sequence: string = LITERALS.get(key) ?? sequenceOf(key)): Effect {
    let effect = this.type(sequence.charAt(0))
    for (const character of sequence.slice(1)) effect = both(effect, this.#editing.typeCharacter(character))
    return effect
  }

  paste(): undefined {
    this.#editing.mode = undefined
  }
}

/** What keys are on the wire, where that is one character. */
const LITERALS: ReadonlyMap<Key, string> = new Map([
  ...CONTROL_KEYS.map((key, code): [Key, string] => [key, String.fromCharCode(code)]),
  ['Backspace', '\x7f'],
])

/** The next character is looked for in the line: `character-search`. */
export class CharacterSearchMode implements Mode {
  readonly #editing: Editing
  readonly #count: number

  /** Searches backward where `direction`, or the numeric argument, but not both, is negative. */
  constructor(editing: Editing, direction: 1 | -1) {
    this.#editing = editing
    this.#count = editing.count * direction
  }

  type(character: string): Effect {
    this.#editing.mode = undefined
    const { line } = this.#editing
    for (let left = Math.abs(this.#count); left > 0; left--) {
      const index = this.#find(line.text, character, line.cursor)
      if (index < 0) return 'bell'
      line.moveTo(index)
    }
    return 'edit'
  }

  key(key: Key): Effect | undefined {
    const character = LITERALS.get(key)
    this.#editing.mode = undefined
    if (this.#editing.keyMap.find(key) === 'interrupt') return undefined
    return character === undefined ? 'bell' : this.type(character)
  }

  paste(): undefined {
    this.#editing.mode = undefined
  }

  #find(text: string, character: string, from: number): number {
    if (this.#count > 0) return text.indexOf(character, from + 1)
    return from === 0 ? -1 : text.lastIndexOf(character, from - 1)
  }
}
