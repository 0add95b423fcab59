import type { Cell, Row } from './frame.ts'
import { PLAIN_STYLE } from './sequences.ts'

/**
 * Returns which cells must be written to make one row of the other; all of its end where the widths
 * differ.
 */
export function difference(before: Row, row: Row): { from: number; to: number } {
  const [old, cells] = [before.cells, row.cells]
  let from = 0
  while (from < cells.length && from < old.length && same(old[from]!, cells[from]!)) from++
  let to = cells.length
  if (row.width !== before.width || old.some(isUnsure) || cells.some(isUnsure)) return { from, to }
  for (let last = old.length; to > from && last > from && same(old[last - 1]!, cells[to - 1]!); last--) to--
  return { from, to }
}

/**
 * Whether terminals differ about a cell's width: sequences of emoji, skin tones, flags, and symbols
 * made emoji by a variation selector. Some add up the code points, some take the whole for one
 * emoji of two columns (tmux, kitty, and more every year).
 */
export function isUnsure({ text }: Cell): boolean {
  return text.length > 1 && UNSURE.test(text)
}
const UNSURE = /\u200d|\ufe0e|\ufe0f|[\u{1f1e6}-\u{1f1ff}]|\p{Emoji_Modifier}/u

function same(a: Cell, b: Cell): boolean {
  return a === b || (a.text === b.text && a.style === b.style && a.width === b.width)
}

/** Returns the columns that cells take, from one up to another. */
export function widthOfCells(cells: readonly Cell[], from: number, to: number): number {
  let width = 0
  for (let index = from; index < to; index++) width += cells[index]!.width
  return width
}

/** Returns the text of cells, from one up to another, with styles switched on and off. */
export function styledText(cells: readonly Cell[], from: number, to: number): string {
  let text = ''
  let style = ''
  for (let index = from; index < to; index++) {
    const cell = cells[index]!
    if (cell.style !== style)
      text += (style === '' ? '' : PLAIN_STYLE) + (cell.style === '' ? '' : `\x1b[${cell.style}m`)
    style = cell.style
    text += cell.text
  }
  return style === '' ? text : text + PLAIN_STYLE
}
