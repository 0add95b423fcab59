import type { Renditions } from './type.ts'
import type { Width } from './width.ts'

/** Where a picture is laid out: the size of a screen, and its terminal's abilities. */
export interface Surface {
  readonly columns: number
  readonly rows: number
  readonly width: Width
  /** Other styles are omitted. Default `all`. */
  readonly renditions?: Renditions
}

/** The rows of a picture on a screen: plain data, immutable. */
export interface Frame {
  readonly columns: number
  readonly rows: readonly Row[]
  /** The cursor's row, and its column from 0 to `columns` − 1. */
  readonly cursorRow: number
  readonly cursorColumn: number
  /** Whether it is only a prompt, which sessions share. Default `false`. */
  readonly shared?: boolean
}

export interface Row {
  readonly cells: readonly Cell[]
  /** The sum of the cells' widths: at most the columns of the frame. */
  readonly width: number
  /**
   * Whether the text continues in the next row because this one is full, rather than because a line
   * ended.
   */
  readonly wraps: boolean
}

/** The content of one column, or two: a character and its combining marks. */
export interface Cell {
  readonly text: string
  readonly width: number
  /** The parameters of SGR, as `1;31`; empty for plain. */
  readonly style: string
}
