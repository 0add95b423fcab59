import { widthOf } from '../../terminal/width.ts'
import type { Width } from '../../terminal/width.ts'
import { inline, shapeOf } from './inline.ts'
import type { Field, Shape } from './inline.ts'
import { cutToWidth, padded, tableLines } from './table.ts'
import type { TableCell } from './table.ts'
import { visible } from '../../core/text/visible.ts'

/**
 * Returns a value as people read it, in lines separated by `\n`, without one at the end. A list of
 * records becomes a table fitted to `columns`, a record a list of its fields, any other list a line
 * for each item. Never throws, and never exceeds some thousand lines: the last line counts the
 * omitted ones. Programs receive `toJson` instead.
 */
export function renderValue(value: unknown, { columns = 80, width = widthOf }: RenderOptions = {}): string {
  const shape = shapeOf(value)
  if (shape.type === 'scalar') return inline(value)
  const lines = shape.type === 'list' ? listLines(shape, columns, width) : fieldLines(shape.fields, width)
  return lines.length === 0 ? '(none)' : lines.join('\n')
}

export interface RenderOptions {
  /** The width of the terminal; `Infinity` cuts nothing. Default 80. */
  readonly columns?: number
  /** Returns the width of a text on the terminal. Default `widthOf`. */
  readonly width?: Width
}

/** The most rows, items or fields of one value that are shown. */
const MOST = 1000

type List = Extract<Shape, { type: 'list' }>

function listLines({ items, size }: List, columns: number, width: Width): string[] {
  const shown = first(items, MOST)
  const records = recordsOf(shown)
  const lines = records === undefined ? shown.map(item => inline(item)) : recordLines(records, columns, width)
  return more(lines, size - shown.length)
}

function first<T>(items: Iterable<T>, most: number): T[] {
  const taken: T[] = []
  for (const item of items) {
    if (taken.length === most) break
    taken.push(item)
  }
  return taken
}

/** Returns the fields of each item, if all items are records. */
function recordsOf(items: readonly unknown[]): (readonly Field[])[] | undefined {
  const records: (readonly Field[])[] = []
  for (const item of items) {
    const shape = shapeOf(item)
    if (shape.type !== 'record') return undefined
    records.push(shape.fields)
  }
  return records
}

function recordLines(records: readonly (readonly Field[])[], columns: number, width: Width): string[] {
  const names = new Set(records.flatMap(fields => fields.map(([name]) => name)))
  const fits = names.size > 0 && names.size <= columns
  const table = fits
    ? tableLines(
        [...names].map(name => visible(name, columns)),
        cellsOf(records, names, columns),
        columns,
        width,
      )
    : undefined
  return table ?? recordsBelow(records, width)
}

function cellsOf(
  records: readonly (readonly Field[])[],
  names: ReadonlySet<string>,
  columns: number,
): (TableCell | undefined)[][] {
  return records.map(fields => {
    const values = new Map(fields)
    return Array.from(names, name => (values.has(name) ? cellOf(values.get(name), columns) : undefined))
  })
}

function cellOf(value: unknown, columns: number): TableCell | undefined {
  if (value === undefined || value === null) return undefined
  const shape = shapeOf(value)
  return {
    text: columns === Infinity ? inline(value) : inline(value, columns + 1),
    numeric: shape.type === 'scalar' && shape.numeric,
  }
}

/** Returns one record below the other, for a table with too many columns. */
function recordsBelow(records: readonly (readonly Field[])[], width: Width): string[] {
  const lines: string[] = []
  let shown = 0
  for (; shown < records.length && lines.length < MOST; shown++) {
    if (shown > 0) lines.push('')
    lines.push(...fieldLines(records[shown] ?? [], width))
  }
  return more(lines, records.length - shown)
}

function fieldLines(fields: readonly Field[], width: Width): string[] {
  const shown = fields
    .slice(0, MOST)
    .map(([name, value]) => [cutToWidth(visible(name, LONGEST_NAME), LONGEST_NAME, width), inline(value)] as const)
  const widest = shown.reduce((most, [name]) => Math.max(most, width(name)), 0)
  const lines = shown.map(([name, text]) => `${padded(name, widest, false, width)}  ${text}`.trimEnd())
  return more(lines, fields.length - shown.length)
}

/** The most columns for the names of a record's fields. */
const LONGEST_NAME = 40

function more(lines: string[], left: number): string[] {
  return left > 0 ? [...lines, `… and ${left} more`] : lines
}
