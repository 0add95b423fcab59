import { isPrintable } from './printable.ts'
import type { Width } from './width.ts'
import { widthOf } from './width.ts'

/**
 * Tracks the column at which the session's own output has left the cursor, so that a prompt can
 * begin at column 0. Only the text after the last line end is read, so bulk output costs one
 * search. Sequences may be split between writes.
 */
export class ColumnTracker {
  readonly #width: Width
  #column: number | undefined = 0
  /** The beginning of a sequence whose rest is still to be written. */
  #unfinished = ''

  constructor(width: Width = widthOf) {
    this.#width = width
  }

  /**
   * From 0. It equals the number of columns while a wrap is pending, and is `undefined` when the
   * output has moved the cursor to an unknown column.
   */
  get column(): number | undefined {
    return this.#column
  }

  /** Whether the cursor is at column 0, so that a line can begin there. */
  get atStart(): boolean {
    return this.#column === 0 && this.#unfinished === ''
  }

  /** Records output to a screen with this many columns. */
  write(text: string, columns: number): void {
    const lineEnd = text.lastIndexOf('\n')
    if (lineEnd >= 0) {
      this.#column = 0
      this.#unfinished = ''
    }
    if (lineEnd === text.length - 1) return
    const rest = this.#unfinished + text.slice(lineEnd + 1)
    this.#unfinished = ''
    if (!this.#advance(rest, columns)) this.#follow(rest, columns)
  }

  /** The quick way for plain text that fits, such as a prompt. */
  #advance(text: string, columns: number): boolean {
    if (this.#column === undefined || text.length > columns - this.#column || !isPrintable(text)) return false
    this.#column += text.length
    return true
  }

  /** Sets the column. */
  reset(column: number = 0): void {
    this.#column = column
    this.#unfinished = ''
  }

  #follow(text: string, columns: number): void {
    TOKEN.lastIndex = 0
    for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
      const [whole, run, sequence] = token
      if (run !== undefined) this.#print(run, columns)
      else if (sequence !== undefined) this.#sequence(sequence)
      else if (whole.startsWith('\x1b')) this.#unfinished = whole.length <= MAX_UNFINISHED_CHARS ? whole : ''
      else this.#control(whole, columns)
    }
  }

  #print(run: string, columns: number): void {
    if (this.#column === undefined) return
    const width = this.#width(run)
    if (width <= columns - this.#column) {
      this.#column += width
      return
    }
    for (const character of run) this.#column = after(this.#column, this.#width(character), columns)
  }

  #control(character: string, columns: number): void {
    if (character === '\r') this.#column = 0
    if (this.#column === undefined) return
    if (character === '\b') this.#column = Math.max(0, Math.min(this.#column, columns - 1) - 1)
    if (character === '\t') this.#column = Math.min(this.#column - (this.#column % 8) + 8, columns - 1)
  }

  /**
   * Follows a sequence. Colours, modes and erasures leave the cursor; any other sequence makes the
   * column unknown.
   */
  #sequence(sequence: string): void {
    if (!HARMLESS.test(sequence)) this.#column = undefined
  }
}

/**
 * Returns the column after a character. At the edge it goes to the next row; if it fills the row,
 * the wrap is pending.
 */
function after(column: number, width: number, columns: number): number {
  return column + width <= columns ? column + width : Math.min(width, columns)
}

/**
 * In this order: a run of text; a whole sequence; the unfinished beginning of a sequence; a control
 * character.
 */
const TOKEN =
  /([^\0-\x1f\x7f-\x9f]+)|(\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~])|\x1b[^]*|[^]/g

/**
 * Sequences that leave the cursor:
 *
 * - CSI m (SGR), J and K (erasures), h and l (modes);
 * - CSI n, c, t and q (queries, window, cursor's shape);
 * - strings, character sets and keypad modes.
 */
const HARMLESS = /^\x1b(?:\[[0-?]*[ -/]*[mJKhlnctq]|[\]PX^_]|[ -/]|[=>NO\\])/

/** A longer beginning is abandoned: the rest is then read as text. */
const MAX_UNFINISHED_CHARS = 4096
