import type { Key } from '../../terminal/key.ts'
import type { Editing, Mode } from './editing.ts'
import type { Effect } from './effect.ts'

/**
 * The first keys of a sequence were pressed: `C-x` of `C-x C-u`. An interrupt key interrupts after
 * them too, unless that sequence is bound.
 */
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
