import type { Terminal } from '../../core/connection.ts'
import { CursorPainter } from '../../terminal/cursor-painter.ts'
import type { Surface } from '../../terminal/frame.ts'
import type { Painter } from '../../terminal/painter.ts'
import { PlainPainter } from '../../terminal/plain-painter.ts'
import { drawingOf, marksPaste, renditionsOf } from '../../terminal/type.ts'
import type { Drawing } from '../../terminal/type.ts'
import type { Width } from '../../terminal/width.ts'

/** A terminal as a screen is drawn on it. 80 by 24 where there is none. */
export interface Display extends Surface {
  /** How input is drawn: `none` where the peer's side does it. */
  readonly drawing: Drawing
  /** While input stands there, the terminal marks what is pasted. */
  readonly marks: boolean
}

/** `mayMark`: what is pasted may be marked, on terminals that can. */
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

/** Returns what draws input so; `undefined`: nothing does. */
export function painterOf(drawing: Drawing): Painter | undefined {
  if (drawing === 'none') return undefined
  return drawing === 'plain' ? new PlainPainter() : new CursorPainter()
}
