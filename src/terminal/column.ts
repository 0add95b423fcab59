import { isPrintable } from './printable.ts'
import type { Width } from './width.ts'
import { widthOf } from './width.ts'

/**
 * Where our own output has left the cursor, so that a prompt can begin at column 0. Only what
 * follows the last line end counts, so that bulk output costs one search. Sequences may be split
 * between writes.
 */
export class ColumnTracker {
  readonly #width: Width
  #column: number | undefined = 0
  /** The beginning of a sequence whose rest has not been written. */
  #unfinished = ''

  constructor(width: Width = widthOf) {
    this.#width = width
  }

  /**
   * From 0; equal to the number of columns while a wrap is pending; `undefined` when the output has
   * moved the cursor out of sight.
   */
  get column(): number | undefined {
    return this.#column
  }

  /** The cursor is at column 0, so nothing need be written to begin a line there. */
  get atStart(): boolean {
    return this.#column === 0 && this.#unfinished === ''
  }

  /** Output has been written to a screen of so many columns. */
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

  /** The quick way for plain text with room for it: a prompt, most of all. */
  #advance(text: string, columns: number): boolean {
    if (this.#column === undefined || text.length > columns - this.#column || !isPrintable(text)) return false
    this.#column += text.length
    return true
  }

  /** The cursor is known to be at this column. */
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

  /** Colours, modes and erasures leave the cursor where it is; all else is not followed. */
  #sequence(sequence: string): void {
    if (!HARMLESS.test(sequence)) this.#column = undefined
  }
}

/** A character at the edge goes to the next row; one that fills the row leaves the wrap pending. */
function after(column: number, width: number, columns: number): number {
  return column + width <= columns ? column + width : Math.min(width, columns)
}

/**
 * In this order: a run of text; a whole sequence; the unfinished beginning of one; a control
 * character.
 */
const TOKEN =
  /([^\0-\x1f\x7f-\x9f]+)|(\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~])|\x1b[^]*|[^]/g

/**
 * CSI m (SGR), J, K (erasures), h, l (modes), n, c, t, q (questions, window, cursor's shape);
 * strings; character sets; keypad.
 */
const HARMLESS = /^\x1b(?:\[[0-?]*[ -/]*[mJKhlnctq]|[\]PX^_]|[ -/]|[=>NO\\])/

/** A longer beginning is given up: what follows is then taken for text. */
const MAX_UNFINISHED_CHARS = 4096
