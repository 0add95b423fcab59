import type { Key } from '../../terminal/key.ts'
import type { Editing, Mode } from './editing.ts'
import type { Effect } from './effect.ts'

/**
 * A numeric argument is being typed (`digit-argument`, `universal-argument`). The first key that is
 * no part of it is done with it. `M--` alone is −1. `universal-argument` alone is 4, and each
 * further one multiplies by 4.
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
    if (value <= MAX_ARGUMENT) return 'edit'
    this.#editing.mode = undefined
    return 'bell'
  }

  #end(): void {
    this.#editing.mode = undefined
    this.#editing.count = this.#sign * this.#value
    this.#editing.explicit = true
  }
}

/** Beyond it Readline gives up and rings. */
const MAX_ARGUMENT = 1_000_000
