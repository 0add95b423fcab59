import { CONTROL_KEYS, sequenceOf, type Key } from '../../terminal/key.ts'
import { combined } from './effect.ts'
import type { Effect } from './effect.ts'
import type { Editing, Mode } from './editing.ts'

/** Inserts the next key as it is: `quoted-insert`. */
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
   * Inserts a key. Of a key that is a sequence, the first character is quoted and the others are
   * typed, as in Readline.
   */
  key(key: Key, sequence: string = LITERALS.get(key) ?? sequenceOf(key)): Effect {
    let effect = this.type(sequence.charAt(0))
    for (const character of sequence.slice(1)) effect = combined(effect, this.#editing.typeCharacter(character))
    return effect
  }

  paste(): undefined {
    this.#editing.mode = undefined
  }
}

/** The character that a key is on the wire, for keys of one character. */
const LITERALS: ReadonlyMap<Key, string> = new Map([
  ...CONTROL_KEYS.map((key, code): [Key, string] => [key, String.fromCharCode(code)]),
  ['Backspace', '\x7f'],
])

/** Searches the line for the next character typed: `character-search`. */
export class CharacterSearchMode implements Mode {
  readonly #editing: Editing
  readonly #count: number

  /** Searches backward if either `direction` or the numeric argument is negative, but not both. */
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
