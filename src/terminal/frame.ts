import type { Renditions } from './type.ts'
import type { Width } from './width.ts'

/** Where a picture is laid out: the size of a screen, and what its terminal can show. */
export interface Surface {
  readonly columns: number
  readonly rows: number
  readonly width: Width
  /** Other styles are left out. Default `all`. */
  readonly renditions?: Renditions
}

/** The rows that a picture makes on a screen: plain data, not changed after it is made. */
export interface Frame {
  readonly columns: number
  readonly rows: readonly Row[]
  /** Where the cursor stands: a row, and a column from 0 to `columns` − 1. */
  readonly cursorRow: number
  readonly cursorColumn: number
  /** It is a prompt's alone, and sessions share it. Default `false`. */
  readonly shared?: boolean
}

export interface Row {
  readonly cells: readonly Cell[]
  /** The sum of the cells' widths: at most the columns of the frame. */
  readonly width: number
  /**
   * The text goes on in the next row because this one is full, rather than because a line ended.
   */
  readonly wraps: boolean
}

/** What stands in one column, or two: a character with what combines with it. */
export interface Cell {
  readonly text: string
  readonly width: number
  /** The parameters of SGR, as `1;31`; empty: plain. */
  readonly style: string
}
