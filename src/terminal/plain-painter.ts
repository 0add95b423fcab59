import type { Cell, Frame } from './frame.ts'
import type { Painter } from './painter.ts'

/**
 * Draws without any escape sequence, by CR, BS, blanks and text: for terminals that are dumb,
 * unknown, or read aloud. The line takes one row, of which a window shows the part around the
 * cursor, as in Readline's horizontal-scroll-mode. Earlier lines of the prompt are written once,
 * above. Styles, and rows below, are not shown.
 */
export class PlainPainter implements Painter {
  /**
   * The content of the row, one entry for each column; the second column of a wide character is
   * empty text.
   */
  #shown: readonly string[] = []
  #column = 0
  #columns = 0
  /** The first column of the line in the window. */
  #start = 0
  /** Whether the cursor is at the end of the line. */
  #atEnd = false
  #standing = false

  paint(frame: Frame): string {
    const { lead, line, cursor } = lineOf(frame)
    const lines = this.#standing ? '' : lead
    this.#standing = true
    this.#columns = frame.columns
    this.#start = windowStart(this.#start, cursor, line.length, this.#room)
    this.#atEnd = cursor === line.length
    return lines + this.#show(windowOf(line, this.#start, this.#room), cursor - this.#start)
  }

  append(run: string): string | undefined {
    const fits = this.#standing && this.#atEnd && this.#column + run.length <= this.#room
    if (!fits || !/^[ -~]+$/.test(run)) return undefined
    this.#shown = [...this.#shown, ...run.split('')]
    this.#column += run.length
    return run
  }

  erase(): string {
    const width = this.#shown.length
    const out = width === 0 ? '' : `\r${' '.repeat(width)}\r`
    this.forget()
    return out
  }

  finish(): string {
    const out = this.#standing ? '\n' : ''
    this.forget()
    return out
  }

  adopt(frame: Frame): string {
    this.forget()
    this.#standing = true
    return `\r${this.paint(frame)}`
  }

  forget(): void {
    this.#shown = []
    this.#column = 0
    this.#start = 0
    this.#standing = false
  }

  /** Abandons a row that no longer fits, since its new place is unknown. */
  resized(columns: number): string {
    if (this.#shown.length < columns) return ''
    return this.finish()
  }

  /** The last column stays free, because terminals differ in what happens there. */
  get #room(): number {
    return Math.max(1, this.#columns - 1)
  }

  #show(wanted: readonly string[], column: number): string {
    let from = 0
    while (from < wanted.length && wanted[from] === this.#shown[from]) from++
    while (from > 0 && wanted[from] === '') from--
    const old = this.#shown
    this.#shown = wanted
    if (from === wanted.length && from === old.length) return this.#goTo(column)
    const blanks = Math.max(0, old.length - wanted.length)
    const out = this.#goTo(from) + wanted.slice(from).join('') + ' '.repeat(blanks)
    this.#column = wanted.length + blanks
    return out + this.#goTo(column)
  }

  /**
   * Moves back by BS, or from the first column over the shown text; forward over the shown text.
   */
  #goTo(column: number): string {
    const back = '\b'.repeat(Math.max(0, this.#column - column))
    const again = `\r${this.#shown.slice(0, column).join('')}`
    const forward = this.#shown.slice(this.#column, column).join('')
    const ahead = column >= this.#column
    this.#column = column
    if (ahead) return forward
    return back.length <= again.length ? back : again
  }
}

/** Returns the cursor's line, by columns, and the text before it. */
function lineOf(frame: Frame): { lead: string; line: string[]; cursor: number } {
  const { rows, cursorRow } = frame
  let first = cursorRow
  while (first > 0 && rows[first - 1]!.wraps) first--
  let last = cursorRow
  while (rows[last]!.wraps) last++
  const lead = rows.slice(0, first).map(({ cells }) => `${cells.map(({ text }) => text).join('')}\n`)
  const before = rows.slice(first, cursorRow).reduce((sum, { width }) => sum + width, 0)
  const line = rows.slice(first, last + 1).flatMap(({ cells }) => cells.flatMap(columnsOf))
  return { lead: lead.join(''), line, cursor: before + frame.cursorColumn }
}

function columnsOf({ text, width }: Cell): string[] {
  return [text, ...Array.from({ length: width - 1 }, () => '')]
}

/**
 * Returns the start of the window: it stays until the cursor leaves it, and then has the cursor in
 * its middle.
 */
function windowStart(start: number, cursor: number, length: number, room: number): number {
  if (length <= room) return 0
  const end = start + room + (cursor === length ? 1 : 0)
  const within = (start === 0 || cursor > start) && cursor < end
  return within ? start : Math.max(0, cursor - (room >> 1))
}

/** Returns the window; halves of wide characters at its edges are blanks. */
function windowOf(line: readonly string[], start: number, room: number): readonly string[] {
  const shown = line.slice(start, start + room)
  if (shown[0] === '') shown[0] = ' '
  if (line[start + room] === '') shown[shown.length - 1] = ' '
  return shown
}
