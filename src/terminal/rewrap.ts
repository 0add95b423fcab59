import type { Cell, Row } from './frame.ts'

/**
 * Returns the cursor's row after a terminal has re-wrapped the rows. The cursor stays with the cell
 * under it; without one, with the last cell before it, even if that has filled its row.
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

/** The blank that forces a wrap. */
const FORCED: readonly Cell[] = [{ text: ' ', width: 1, style: '' }]
