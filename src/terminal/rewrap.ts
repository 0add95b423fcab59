import type { Cell, Row } from './frame.ts'

/**
 * The row on which the cursor is when a terminal has wrapped the rows anew: with the cell under it,
 * or, where there is none, with the last one before it, also when that has filled its row.
 */
export function rewrappedRow(rows: readonly Row[], cursorRow: number, cursorColumn: number, columns: number): number {
  let row = 0
  let column = 0
  for (let index = 0; index <= cursorRow; index++) {
    const { cells, wraps } = rows[index]!
    let passed = 0
    for (const cell of cells.length > 0 ? cells : FORCED) {
      if (column + cell.width > columns) [row, column] = [row + 1, 0]
      if (index === cursorRow && passed >= cursorColumn) return row
      column += cell.width
      passed += cell.width
    }
    if (index < cursorRow && !wraps) [row, column] = [row + 1, 0]
  }
  return row
}

/** What a wrap has been forced with. */
const FORCED: readonly Cell[] = [{ text: ' ', width: 1, style: '' }]
