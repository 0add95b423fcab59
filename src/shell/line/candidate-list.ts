import { widthOf } from '../../terminal/width.ts'
import type { Key } from '../../terminal/key.ts'
import type { CompletionItem } from './completion.ts'
import type { Screen } from './screen.ts'
import { cutToWidth } from '../render/table.ts'
import { visible } from '../../core/text/visible.ts'

/**
 * The number of candidates from which the user is asked first: Readline's `completion-query-items`.
 */
export const QUERY_ITEMS = 100

/**
 * The effect of a key while a list is shown: the list continues, does not know the key, or is over.
 */
export type ListStep = 'more' | 'bell' | 'over'

/**
 * Candidates below the line, as Readline lists them. If there are many, the list asks first, and
 * then shows a screenful at a time. While it waits for a key, its prompt replaces the line. When
 * the list is over, the line is shown again below it.
 */
export class CandidateList {
  readonly #screen: Screen
  readonly #count: number
  readonly #rows: readonly string[]
  #from = 0
  /** The prompt that replaces the line; `undefined` when the list is over. */
  prompt: string | undefined

  /** Leaves the line on the screen where it is. */
  constructor(candidates: readonly CompletionItem[], screen: Screen) {
    this.#screen = screen
    this.#count = candidates.length
    screen.leave()
    this.#rows = candidateRows(candidates, screen.display.columns)
    if (this.#count >= QUERY_ITEMS) this.prompt = `Display all ${this.#count} possibilities? (y or n)`
    else this.#show(screen.display.rows - 1)
  }

  /** Takes a key, as Readline's `get_y_or_n` does. */
  press(key: Key): ListStep {
    const answer = ANSWERS[key]
    if (this.prompt === MORE) return this.#turn(answer)
    if (answer !== 'yes' && answer !== 'no') return 'bell'
    this.#screen.leave()
    if (answer === 'yes') this.#show(this.#screen.display.rows - 1)
    else this.prompt = undefined
    return this.#step
  }

  #turn(answer: ListAnswer | undefined): ListStep {
    if (answer === undefined) return 'bell'
    if (answer === 'yes') this.#show(this.#screen.display.rows - 1)
    else if (answer === 'line') this.#show(1)
    else this.prompt = undefined
    return this.#step
  }

  get #step(): ListStep {
    return this.prompt === undefined ? 'over' : 'more'
  }

  #show(rows: number): void {
    const end = this.#from + Math.max(1, rows)
    this.#screen.write(`${this.#rows.slice(this.#from, end).join('\n')}\n`)
    this.#from = end
    this.prompt = end < this.#rows.length ? MORE : undefined
  }
}

type ListAnswer = 'yes' | 'no' | 'line' | 'quit'

const MORE = '--More--'

const ANSWERS: Readonly<Record<Key, ListAnswer | undefined>> = {
  y: 'yes',
  Y: 'yes',
  ' ': 'yes',
  n: 'no',
  N: 'no',
  Backspace: 'no',
  'C-g': 'no',
  q: 'quit',
  Q: 'quit',
  Enter: 'line',
  'C-j': 'line',
}

/**
 * Returns the rows of a list. With descriptions, each candidate has its own row; otherwise they are
 * in columns, sorted downwards.
 */
export function candidateRows(candidates: readonly CompletionItem[], columns: number): string[] {
  const texts = candidates.map(({ text }) => visible(text))
  const widths = texts.map(text => widthOf(text))
  const widest = widths.reduce((most, width) => Math.max(most, width), 0)
  const padded = (index: number): string => texts[index]! + ' '.repeat(widest + GAP - widths[index]!)
  if (candidates.some(({ description }) => description)) {
    return candidates.map(({ description = '' }, index) =>
      cutToWidth(`${padded(index)}${visible(description)}`.trimEnd(), columns - 1, widthOf),
    )
  }
  const across = columnsAcross(widest + GAP, columns)
  const down = Math.ceil(texts.length / across)
  return Array.from({ length: down }, (_, row) => {
    let text = ''
    for (let index = row; index < texts.length; index += down) text += padded(index)
    return text.trimEnd()
  })
}

/** The blanks between two columns. */
const GAP = 2

/**
 * Returns how many columns fit. Like Readline, it leaves a column free rather than fill the row.
 */
function columnsAcross(each: number, columns: number): number {
  const across = Math.floor(columns / each)
  return Math.max(1, across > 1 && across * each === columns ? across - 1 : across)
}
