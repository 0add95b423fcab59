import type { Terminal } from '../../core/connection.ts'
import { CursorPainter } from '../../terminal/cursor-painter.ts'
import type { Surface } from '../../terminal/frame.ts'
import type { Painter } from '../../terminal/painter.ts'
import { PlainPainter } from '../../terminal/plain-painter.ts'
import { drawingOf, marksPaste, renditionsOf } from '../../terminal/type.ts'
import type { Drawing } from '../../terminal/type.ts'
import type { Width } from '../../terminal/width.ts'

/** A terminal as a screen is drawn on it: 80 by 24 if there is none. */
export interface Display extends Surface {
  /** How input is drawn: `none` if the peer's side draws it. */
  readonly drawing: Drawing
  /** Whether the terminal marks what is pasted while input is shown. */
  readonly marks: boolean
}

/**
 * Returns the display of a terminal. `mayMark`: pasted text may be marked, on terminals that can.
 */
export function displayOf(terminal: Terminal | undefined, mayMark: boolean, width: Width): Display {
  return {
    columns: terminal?.columns ?? 80,
    rows: terminal?.rows ?? 24,
    width,
    renditions: renditionsOf(terminal),
    drawing: drawingOf(terminal),
    marks: mayMark && marksPaste(terminal),
  }
}

/** Returns the painter of a drawing; `undefined` if the peer's side draws. */
export function painterOf(drawing: Drawing): Painter | undefined {
  if (drawing === 'none') return undefined
  return drawing === 'plain' ? new PlainPainter() : new CursorPainter()
}
