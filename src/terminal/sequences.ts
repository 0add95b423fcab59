/**
 * The control sequences that the server sends, by their names in ECMA-48 and xterm's ctlseqs. Each
 * function returns the shortest form, and nothing for 0.
 */

/** Rings the terminal's bell. */
export const BELL = '\x07'
/**
 * CUP to the first column of the first row, then ED of all: clears the screen, with the cursor at
 * its top.
 */
export const CLEAR_SCREEN = '\x1b[H\x1b[2J'
/** EL: erases from the cursor to the end of the row. */
export const ERASE_TO_END_OF_ROW = '\x1b[K'
/** ED: erases from the cursor to the end of the screen. */
export const ERASE_BELOW = '\x1b[J'
/** SGR: resets to the terminal's own colours. */
export const PLAIN_STYLE = '\x1b[m'
/** Marks pasted text from now on, until it is switched off. */
export const BRACKETED_PASTE_ON = '\x1b[?2004h'
export const BRACKETED_PASTE_OFF = '\x1b[?2004l'

/** CUU: stays in its column, stops at the top of the screen. */
export function cursorUp(rows: number): string {
  return counted(rows, 'A')
}

/** CUD: stays in its column, stops at the foot of the screen. */
export function cursorDown(rows: number): string {
  return counted(rows, 'B')
}

/** CUF: stops at the last column. */
export function cursorForward(columns: number): string {
  return counted(columns, 'C')
}

/** CUB, or as many backspaces where that is shorter. Stops at the first column. */
export function cursorBack(columns: number): string {
  return columns < 4 ? '\b'.repeat(columns) : counted(columns, 'D')
}

/**
 * Moves within a row, from one column to another, by the shortest way. `CR` counts as one byte,
 * though telnet makes two of it.
 */
export function cursorToColumn(from: number, to: number): string {
  if (to >= from) return to === from ? '' : cursorForward(to - from)
  if (to === 0 && from > 1) return '\r'
  const back = cursorBack(from - to)
  const carriageReturn = `\r${cursorForward(to)}`
  return carriageReturn.length < back.length ? carriageReturn : back
}

function counted(count: number, final: string): string {
  return count === 0 ? '' : count === 1 ? `\x1b[${final}` : `\x1b[${count}${final}`
}
