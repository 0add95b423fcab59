import type { Width } from './width.ts'

/** What is to be shown of a line that is being read. */
export interface Picture {
  /** May hold colours (SGR), which have no width, and several lines. Other escape sequences in it are dropped. */
  readonly prompt: string
  /** The line. A newline in it begins a row of its own. */
  readonly text: string
  /** The cursor's place in `text`: an index of UTF-16 units, at a boundary of a cluster. */
  readonly cursor: number
  /** Stands for every cluster of the text: `*`; or empty, to show nothing at all. Absent: the text is shown. */
  readonly mask?: string
  /** Stands before every further line of the text. Default empty. */
  readonly continuation?: string
  /** Styles of parts of the text, in order and apart from each other. */
  readonly spans?: readonly Span[]
  /** Shown dimmed after the text: a suggestion. */
  readonly hint?: string
  /** Rows below the text, each of them cut at the edge: a list of candidates, a hint line. May hold colours. */
  readonly below?: readonly string[]
}

/** From `start` up to `end` (UTF-16 units), in a style: the parameters of SGR, as `1;31`. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly style: string
}

export interface Surface {
  readonly columns: number
  readonly rows: number
  readonly width: Width
}

/** The rows that a picture makes on a screen: plain data, not changed after it is made. */
export interface Frame {
  readonly columns: number
  readonly rows: readonly Row[]
  /** Where the cursor stands: a row, and a column from 0 to `columns` − 1. */
  readonly cursorRow: number
  readonly cursorColumn: number
}

export interface Row {
  readonly cells: readonly Cell[]
  /** The sum of the cells' widths: at most the columns of the frame. */
  readonly width: number
  /** The text goes on in the next row because this one is full, rather than because a line ended. */
  readonly wraps: boolean
}

/** What stands in one column, or two: a character with what combines with it. */
export interface Cell {
  readonly text: string
  readonly width: number
  /** The parameters of SGR, as `1;31`; empty: plain. */
  readonly style: string
}
