import { difference, isUnsure, styledText, widthOfCells } from './cells.ts'
import type { Cell, Frame, Row } from './frame.ts'
import type { Painter } from './painter.ts'
import { ERASE_BELOW, ERASE_TO_END_OF_ROW, cursorDown, cursorForward, cursorToColumn, cursorUp } from './sequences.ts'
import { isPrintable } from './printable.ts'
import { rewrappedRow } from './rewrap.ts'

/**
 * Draws by relative cursor movements, and never queries the terminal's cursor. The terminal's own
 * wrap joins the rows of wrapped text. So the terminal treats them as one line when it is resized
 * or copied from. All other rows are joined by a line end.
 *
 * After the last column of a row, terminals hold the wrap back. They differ in what moves and
 * erasures do then. So in that state the painter sends only the next row's first cell, CR or a line
 * end.
 *
 * Terminals disagree about the width of some clusters (see `isUnsure`). If such a cluster precedes
 * the cursor's place, the painter writes from the first column instead of moving. So the cursor is
 * behind the right character at any width.
 */
export class CursorPainter implements Painter {
  #frame: Frame = NOTHING
  /** The text appended to the frame's last row since it was drawn. */
  #typed = ''
  /**
   * The terminal's cursor, from the frame's top left. While a wrap is held back, its column is that
   * of the frame's edge.
   */
  #row = 0
  #column = 0
  /** Whether the terminal agrees about the column: no cluster of a disputed width precedes it. */
  #sure = true

  paint(frame: Frame): string {
    if (this.#frame === NOTHING) return this.#paintFirst(frame)
    this.#settle()
    return this.#paintOver(frame)
  }

  /**
   * Returns the first drawing of a frame, which depends on nothing else. So the shared frame of a
   * prompt is drawn once for all sessions. No other drawing is cached, since it holds user input.
   */
  #paintFirst(frame: Frame): string {
    if (frame.shared !== true) return this.#paintOver(frame)
    if (first.frame !== frame) {
      const out = this.#paintOver(frame)
      first = { frame, out, row: this.#row, column: this.#column, sure: this.#sure }
    }
    this.#frame = frame
    this.#row = first.row
    this.#column = first.column
    this.#sure = first.sure
    return first.out
  }

  #paintOver(frame: Frame): string {
    let out = this.#frame.columns === frame.columns ? '' : this.resized(frame.columns, Infinity)
    const old = this.#frame
    this.#frame = frame
    for (let index = 0; index < frame.rows.length; index++) out += this.#paintRow(index, old)
    if (old.rows.length > frame.rows.length) out += this.#eraseBelow()
    return out + this.#goTo(frame.cursorRow, frame.cursorColumn)
  }

  append(run: string): string | undefined {
    const last = this.#frame.rows.length - 1
    if (this.#row !== last || this.#column !== this.#frame.rows[last]!.width + this.#typed.length) return undefined
    if (this.#column + run.length >= this.#frame.columns || !isPrintable(run)) return undefined
    this.#typed += run
    this.#column += run.length
    return run
  }

  erase(): string {
    if (this.#frame === NOTHING) return ''
    const out = this.#goTo(0, 0) + ERASE_BELOW
    this.forget()
    return out
  }

  finish(): string {
    const { rows } = this.#frame
    const last = rows.length - 1
    if (last < 0) return ''
    const blank = last > 0 && rows[last - 1]!.wraps && rows[last]!.width === 0 && this.#typed === ''
    const out = blank ? this.#goTo(last, 0) : last === this.#row ? '\n' : `${cursorDown(last - this.#row)}\n`
    this.forget()
    return out
  }

  adopt(frame: Frame): string {
    this.forget()
    this.#frame = { ...frame, rows: [...frame.rows.slice(0, frame.cursorRow), EMPTY] }
    this.#at(frame.cursorRow, 0)
    return `\r${this.#paintOver(frame)}`
  }

  forget(): void {
    this.#frame = NOTHING
    this.#typed = ''
    this.#row = this.#column = 0
    this.#sure = true
  }

  /**
   * Follows a new width. Most terminals (VTE, kitty, Konsole, Windows Terminal, tmux) have
   * re-wrapped their text by now, and moved the cursor with it.
   *
   * Others cut rows instead (xterm, PuTTY, the Linux console). A wider window may then keep some
   * rows of the old drawing above. A narrower one may lose as many rows of the output above.
   */
  resized(columns: number, rows: number): string {
    if (this.#frame === NOTHING) return ''
    this.#settle()
    const up = Math.min(rewrappedRow(this.#frame.rows, this.#row, this.#column, columns), rows - 1)
    this.forget()
    return `\r${cursorUp(up)}${ERASE_BELOW}`
  }

  /** Makes the appended text part of the frame. */
  #settle(): void {
    if (this.#typed === '') return
    const last = this.#frame.rows.at(-1)!
    const cells = Array.from(this.#typed, text => ({ text, width: 1, style: '' }))
    const row = { cells: [...last.cells, ...cells], width: last.width + cells.length, wraps: false }
    this.#frame = { ...this.#frame, rows: [...this.#frame.rows.slice(0, -1), row] }
    this.#typed = ''
  }

  #paintRow(index: number, old: Frame): string {
    const row = this.#frame.rows[index]!
    const before = old.rows[index] ?? EMPTY
    const joined = index > 0 && this.#frame.rows[index - 1]!.wraps
    const rejoined = index > 0 && (index >= old.rows.length || joined !== old.rows[index - 1]!.wraps)
    if (rejoined)
      return this.#enter(index, joined) + this.#put(row, 0, row.cells.length, this.#stale(row, before, joined))
    const { from, to } = difference(before, row)
    if (from === to && row.width === before.width) return ''
    const column = widthOfCells(row.cells, 0, from)
    const stale = before.cells.some(isUnsure) ? Infinity : before.width
    const wrapping = joined && column === 0 && to > 0 && this.#row === index - 1 && this.#held
    return (wrapping ? this.#wrapped() : this.#goTo(index, column)) + this.#put(row, from, to, stale)
  }

  /**
   * Goes to the first column of a row that is newly joined to the row before it: by the terminal's
   * own wrap, or by a line end.
   */
  #enter(index: number, joined: boolean): string {
    if (!joined) {
      const out = this.#goToRow(index - 1)
      this.#at(index, 0)
      return `${out}\n`
    }
    return this.#goToEnd(index - 1) + this.#wrapped()
  }

  /** Goes to the end of a full row, with its wrap held back: only writing leads there. */
  #goToEnd(index: number): string {
    const row = this.#frame.rows[index]!
    if (this.#row === index && this.#column === row.width) return ''
    if (row.width < this.#frame.columns) return this.#goTo(index, row.width)
    const last = row.cells.length - 1
    const out = this.#goTo(index, row.width - row.cells[last]!.width)
    return out + this.#put(row, last, last + 1, row.width)
  }

  /**
   * Wraps at the end of a row, so that the next text begins the next row. If the row gets no text,
   * a blank forces the wrap.
   */
  #wrapped(): string {
    this.#at(this.#row + 1, 0)
    return this.#frame.rows[this.#row]!.cells.length === 0 ? ' \r' : ''
  }

  /**
   * Returns up to which column a row may have old content. A row that the terminal's wrap creates
   * during a style has its background everywhere.
   */
  #stale(row: Row, before: Row, joined: boolean): number {
    const tinted = joined && row.cells.length > 0 && row.cells[0]!.style !== ''
    return tinted ? this.#frame.columns : before.width
  }

  /**
   * Writes cells at the cursor, and erases old content beyond the row's end, up to the column
   * `stale`.
   */
  #put(row: Row, from: number, to: number, stale: number): string {
    this.#column += widthOfCells(row.cells, from, to)
    for (let index = from; index < to && this.#sure; index++) this.#sure = !isUnsure(row.cells[index]!)
    const text = styledText(row.cells, from, to)
    return row.width < stale ? text + ERASE_TO_END_OF_ROW : text
  }

  /** Erases the rows of the old frame below the new one. */
  #eraseBelow(): string {
    const last = this.#frame.rows.length - 1
    const { width } = this.#frame.rows[last]!
    if (width < this.#frame.columns) return this.#goTo(last, width) + ERASE_BELOW
    return this.#enter(last + 1, false) + ERASE_BELOW
  }

  /** Whether a wrap is held back. */
  get #held(): boolean {
    return this.#column === this.#frame.columns
  }

  #goTo(row: number, column: number): string {
    const down = row - this.#row
    const before = column === 0 ? undefined : this.#unsureBefore(row, column)
    if (!this.#sure || before !== undefined) return this.#writeTo(row, column, before)
    const held = this.#column === this.#frame.columns
    const start = held && (down !== 0 || column !== this.#column) ? '\r' : ''
    const from = start === '' ? this.#column : 0
    // A line end would separate rows that the terminal has joined.
    const lines = down > 0 && !this.#frame.rows.slice(this.#row, row).some(({ wraps }) => wraps)
    this.#at(row, column)
    const moves = start + rowsAway(down) + cursorToColumn(from, column)
    // A line end is two bytes.
    if (!lines || moves.length <= 2 * down) return moves
    const byLines = '\n'.repeat(down) + cursorForward(column)
    return byLines.length + down < moves.length ? byLines : moves
  }

  /** Goes to a place from the first column of its row, over the cells before it. */
  #writeTo(row: number, column: number, before: readonly Cell[] | undefined): string {
    const down = row - this.#row
    this.#at(row, column)
    this.#sure = before === undefined
    const across = before === undefined ? cursorForward(column) : styledText(before, 0, before.length)
    return `\r${rowsAway(down)}${across}`
  }

  /** Returns the cells before a place, if the width of any of them is disputed. */
  #unsureBefore(row: number, column: number): readonly Cell[] | undefined {
    const cells = this.#frame.rows[row]?.cells ?? []
    let end = 0
    let unsure = false
    for (let width = 0; end < cells.length && width < column; end++) {
      width += cells[end]!.width
      unsure ||= isUnsure(cells[end]!)
    }
    return unsure ? cells.slice(0, end) : undefined
  }

  /** Goes to a row, in any column. */
  #goToRow(row: number): string {
    return this.#row === row ? '' : this.#goTo(row, this.#held ? 0 : this.#column)
  }

  #at(row: number, column: number): void {
    this.#row = row
    this.#column = column
    if (column === 0) this.#sure = true
  }
}

/** The shared frame drawn last on an empty screen: its output, and where it left the cursor. */
let first: { frame?: Frame; out: string; row: number; column: number; sure: boolean } = {
  out: '',
  row: 0,
  column: 0,
  sure: true,
}

function rowsAway(down: number): string {
  return down === 0 ? '' : down < 0 ? cursorUp(-down) : cursorDown(down)
}

const NOTHING: Frame = { columns: 0, rows: [], cursorRow: 0, cursorColumn: 0 }
const EMPTY: Row = { cells: [], width: 0, wraps: false }
