import type { Key } from '../../terminal/key.ts'
import { Keypad } from '../line/keypad.ts'
import { Question } from './question.ts'
import { visible } from '../../core/text/visible.ts'

/** What a menu shows. `chosen` is the index of the default, −1 without one. */
export interface Menu {
  readonly question: string
  readonly labels: readonly string[]
  readonly chosen: number
}

/** Returns the label of a choice, without active control characters. */
export function labelOf(choice: string | { readonly label: string }): string {
  return visible(typeof choice === 'string' ? choice : choice.label)
}

/**
 * A menu below its question, with as many rows as fit in the window. Up and Down (C-p, C-n) move,
 * Home and End go to the ends, digits choose by number. Enter takes the choice, which then stays on
 * the screen after the question.
 */
export class MenuQuestion extends Question<number> {
  readonly prompt: string
  readonly editor: MenuKeys
  readonly #labels: readonly string[]
  readonly #rows: () => number

  constructor({ question, labels, chosen }: Menu, rows: () => number) {
    super()
    this.prompt = `${question} `
    this.editor = new MenuKeys(labels, Math.max(0, chosen))
    this.#labels = labels
    this.#rows = rows
  }

  get below(): string[] {
    const { index } = this.editor
    const room = Math.max(1, this.#rows() - 2)
    const first = Math.max(0, Math.min(index - (room >> 1), this.#labels.length - room))
    const digits = String(this.#labels.length).length
    return this.#labels.slice(first, first + room).map((label, i) => {
      const row = `${String(first + i + 1).padStart(digits)}) ${label}`
      return first + i === index ? `> ${INVERSE}${row}${PLAIN}` : `  ${row}`
    })
  }

  line(): void {
    this.resolve(this.editor.index)
  }
}

class MenuKeys extends Keypad {
  index: number
  readonly #labels: readonly string[]
  #done = false
  #typed = ''

  constructor(labels: readonly string[], index: number) {
    super()
    this.#labels = labels
    this.index = index
  }

  override get text(): string {
    return this.#done ? (this.#labels[this.index] as string) : ''
  }

  protected press(key: Key): 'none' | 'edit' | 'accept' {
    if (key === 'Enter' || key === 'C-j') return this.#accept()
    const index = /^\d$/.test(key) ? this.#numbered(key) : MOVES[key]?.(this.index, this.#labels.length - 1)
    if (index === undefined) return 'none'
    this.index = index
    return 'edit'
  }

  #accept(): 'accept' {
    this.#done = true
    return 'accept'
  }

  /**
   * Returns the choice that a digit selects: digits form one number, as long as there is such a
   * choice.
   */
  #numbered(digit: string): number | undefined {
    const together = Number(this.#typed + digit)
    const number = together <= this.#labels.length ? together : Number(digit)
    if (number < 1 || number > this.#labels.length) return undefined
    this.#typed = String(number)
    return number - 1
  }
}

const MOVES: Readonly<Record<string, (index: number, last: number) => number>> = {
  Up: (index, last) => (index === 0 ? last : index - 1),
  'C-p': (index, last) => (index === 0 ? last : index - 1),
  Down: (index, last) => (index === last ? 0 : index + 1),
  'C-n': (index, last) => (index === last ? 0 : index + 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** SGR 7 and 27. */
const INVERSE = '\x1b[7m'
const PLAIN = '\x1b[27m'
