import type { Cell, Row } from './frame.ts'
import { PLAIN_STYLE } from './sequences.ts'

/**
 * Returns the range of cells to write to turn one row into the other: to the row's end if the
 * widths differ.
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
 * Returns whether terminals disagree about a cell's width. They do for sequences of emoji, skin
 * tones, flags, and symbols with an emoji variation selector. Some terminals add up the code
 * points. Others draw one emoji of two columns (tmux, kitty, and more every year).
 */
export function isUnsure({ text }: Cell): boolean {
  return text.length > 1 && UNSURE.test(text)
}
const UNSURE = /\u200d|\ufe0e|\ufe0f|[\u{1f1e6}-\u{1f1ff}]|\p{Emoji_Modifier}/u

function same(a: Cell, b: Cell): boolean {
  return a === b || (a.text === b.text && a.style === b.style && a.width === b.width)
}

/** Returns the columns that a range of cells takes. */
export function widthOfCells(cells: readonly Cell[], from: number, to: number): number {
  let width = 0
  for (let index = from; index < to; index++) width += cells[index]!.width
  return width
}

/** Returns the text of a range of cells, with styles switched on and off. */
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
