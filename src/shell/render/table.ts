import { nextBoundary } from '../../terminal/grapheme.ts'
import type { Width } from '../../terminal/width.ts'

export interface TableCell {
  readonly text: string
  /** Whether all cells are numbers or absent: such a column is aligned to the right. */
  readonly numeric: boolean
}

/**
 * Returns the lines of a table, fitted to `columns`: the header, a rule, and a line for each row.
 * Too wide columns are cut with `…`, the widest first; nothing wraps. Returns `undefined` if there
 * are too many columns for that.
 */
export function tableLines(
  header: readonly string[],
  rows: readonly (readonly (TableCell | undefined)[])[],
  columns: number,
  width: Width,
): string[] | undefined {
  const natural = header.map((name, column) =>
    rows.reduce((widest, row) => Math.max(widest, width(row[column]?.text ?? '')), width(name)),
  )
  const widest = widestColumn(natural, columns - GAP.length * (header.length - 1))
  if (widest === undefined) return undefined
  const widths = natural.map(each => Math.min(each, widest))
  const right = header.map((_, column) => isNumeric(rows, column))
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => padded(text, widths[column] ?? 0, right[column] ?? false, width))
      .join(GAP)
      .trimEnd()
  return [
    line(header),
    widths.map(each => '-'.repeat(each)).join(GAP),
    ...rows.map(row => line(header.map((_, column) => row[column]?.text ?? ''))),
  ]
}

/**
 * Returns the beginning of a text that fits into `columns`, with `…` if something is missing. Cuts
 * between grapheme clusters.
 */
export function cutToWidth(text: string, columns: number, width: Width): string {
  if (width(text) <= columns) return text
  let end = 0
  let used = 1
  while (end < text.length) {
    const next = nextBoundary(text, end)
    used += width(text.slice(end, next))
    if (used > columns) break
    end = next
  }
  return `${text.slice(0, end)}…`
}

export function padded(text: string, columns: number, right: boolean, width: Width): string {
  const cut = cutToWidth(text, columns, width)
  const blanks = ' '.repeat(Math.max(0, columns - width(cut)))
  return right ? blanks + cut : cut + blanks
}

const GAP = '  '
/** A narrower column would show nothing readable. */
const NARROWEST = 5

/**
 * Returns the greatest width with which all columns fit. Narrow columns keep their width; the
 * others share the rest.
 */
function widestColumn(natural: readonly number[], available: number): number | undefined {
  const sorted = [...natural].sort((one, other) => one - other)
  let left = available
  for (const [index, each] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index))
    if (each > share) return share >= NARROWEST ? share : undefined
    left -= each
  }
  return Infinity
}

function isNumeric(rows: readonly (readonly (TableCell | undefined)[])[], column: number): boolean {
  const cells = rows.flatMap(row => row[column] ?? [])
  return cells.length > 0 && cells.every(({ numeric }) => numeric)
}
