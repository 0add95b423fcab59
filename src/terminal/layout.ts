import { clusters } from './grapheme.ts'
import { isPrintable } from './printable.ts'
import { widthOf } from './width.ts'
import type { Width } from './width.ts'

/** What is to be shown of a line that is being read. */
export interface Picture {
  /** May hold colours (SGR), which have no width, and several lines. Other escape sequences in it are dropped. */
  readonly prompt: string
  /** The line. A newline in it begins a row of its own. */
  readonly text: string
  /** The cursor's place in `text`: an index of UTF-16 units, at a boundary of a cluster. */
  readonly cursor: number
  /** Stands for every cluster of the text: `*`; or empty, to show nothing at all. Absent: the text is shown. */
  readonly mask?: string
  /** Stands before every further line of the text. Default empty. */
  readonly continuation?: string
  /** Styles of parts of the text, in order and apart from each other. */
  readonly spans?: readonly Span[]
  /** Shown dimmed after the text: a suggestion. */
  readonly hint?: string
  /** Rows below the text, each of them cut at the edge: a list of candidates, a hint line. May hold colours. */
  readonly below?: readonly string[]
}

/** From `start` up to `end` (UTF-16 units), in a style: the parameters of SGR, as `1;31`. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly style: string
}

export interface Surface {
  readonly columns: number
  readonly rows: number
  readonly width: Width
}

/** The rows that a picture makes on a screen: plain data, not changed after it is made. */
export interface Frame {
  readonly columns: number
  readonly rows: readonly Row[]
  /** Where the cursor stands: a row, and a column from 0 to `columns` − 1. */
  readonly cursorRow: number
  readonly cursorColumn: number
}

export interface Row {
  readonly cells: readonly Cell[]
  /** The sum of the cells' widths: at most the columns of the frame. */
  readonly width: number
  /** The text goes on in the next row because this one is full, rather than because a line ended. */
  readonly wraps: boolean
}

/** What stands in one column, or two: a character with what combines with it. */
export interface Cell {
  readonly text: string
  readonly width: number
  /** The parameters of SGR, as `1;31`; empty: plain. */
  readonly style: string
}

/**
 * Lays a picture out on a surface. A row that the text fills exactly is followed by one for the cursor, as on a terminal whose
 * wrap has been forced. Control characters and tabs are shown as Readline does: `^A`, `^?`, blanks up to the next stop of 8.
 * Of a picture taller than the screen, the rows around the cursor are given.
 */
export function layout(picture: Picture, surface: Surface): Frame {
  const { prompt, text, hint = '', below = [] } = picture
  return text === '' && hint === '' && below.length === 0 ? layPrompt(prompt, surface) : lay(picture, surface)
}

/**
 * The prompt that was laid out last, and its frame: most sessions have the same one, and show it after each command. So they share the frame,
 * 0.3 KiB of theirs, and a short command costs a third less.
 */
let last: (Surface & { readonly prompt: string; readonly frame: Frame }) | undefined

function layPrompt(prompt: string, surface: Surface): Frame {
  const { columns, rows, width } = surface
  if (last?.prompt !== prompt || last.columns !== columns || last.rows !== rows || last.width !== width)
    last = { prompt, columns, rows, width, frame: lay({ prompt, text: '', cursor: 0 }, surface) }
  return last.frame
}

function lay(picture: Picture, surface: Surface): Frame {
  const flow = new Flow(surface)
  flowStyled(picture.prompt, flow)
  flowText(picture, flow)
  if (picture.hint) flow.text(picture.hint, DIM)
  flow.endLine()
  flow.cutting = true
  for (const line of picture.below ?? []) {
    flowStyled(line, flow)
    flow.endLine()
  }
  return windowOf(flow.frame(), surface.rows)
}

/** Lays text that may hold colours and newlines. */
function flowStyled(text: string, flow: Flow): void {
  if (!MARKED.test(text)) return flow.text(text, '')
  let style = ''
  for (const [piece, sgr, run] of text.matchAll(STYLED)) {
    if (run !== undefined) flow.text(run, style)
    else if (sgr !== undefined) style = restyled(style, sgr)
    else if (piece === '\n') flow.newline()
  }
}

/** SGR parameters add up until one resets them. */
function restyled(style: string, parameters: string): string {
  const kept = /^0*(?:;|$)/.test(parameters) ? '' : style
  const added = parameters.replace(/^0*(?:;|$)/, '')
  return kept === '' || added === '' ? kept + added : `${kept};${added}`
}

/** Lays the line, part by part: they meet where the cursor or a style does. */
function flowText(picture: Picture, flow: Flow): void {
  const { text, cursor } = picture
  flowPart(0, cursor, picture, flow)
  flow.cursor()
  flowPart(cursor, text.length, picture, flow)
}

function flowPart(from: number, to: number, picture: Picture, flow: Flow): void {
  const { text, mask, spans = [] } = picture
  if (mask !== undefined) return flow.text(mask.repeat(clusters(text.slice(from, to)).length), '')
  let place = from
  for (const span of spans) {
    const [start, end] = [Math.max(place, span.start), Math.min(to, span.end)]
    if (start >= end) continue
    flowLines(text.slice(place, start), '', picture, flow)
    flowLines(text.slice(start, end), span.style, picture, flow)
    place = end
  }
  flowLines(text.slice(place, to), '', picture, flow)
}

function flowLines(text: string, style: string, picture: Picture, flow: Flow): void {
  if (!text.includes('\n')) return flow.text(text, style)
  text.split('\n').forEach((line, index) => {
    if (index > 0) {
      flow.endLine()
      flowStyled(picture.continuation ?? '', flow)
    }
    flow.text(line, style)
  })
}

/** The rows around the cursor, as many as the screen has; they move by half a screen at a time. */
function windowOf(frame: Frame, rows: number): Frame {
  if (frame.rows.length <= rows) return frame
  const half = Math.max(1, rows >> 1)
  const page = frame.cursorRow - (frame.cursorRow % half) - (half >> 1)
  const top = Math.max(0, Math.min(page, frame.rows.length - rows))
  const shown = frame.rows.slice(top, top + rows)
  shown.push({ ...shown.pop()!, wraps: false })
  return { ...frame, rows: shown, cursorRow: frame.cursorRow - top }
}

/** Lays cells one after another, and wraps them. */
class Flow {
  readonly #columns: number
  readonly #width: Width
  readonly #rows: Row[] = []
  #cells: Cell[] = []
  #column = 0
  #cursorRow = 0
  #cursorColumn = 0
  /** The cursor stands at whatever is laid next, which may still wrap. */
  #cursorDue = false
  /** Whatever does not fit in its row is left out rather than wrapped. */
  cutting = false

  constructor(surface: Surface) {
    this.#columns = surface.columns
    this.#width = surface.width
  }

  /** Lays text without escape sequences. Plain ASCII, most of it, is not taken apart into clusters: a row of 20 costs 0.3 µs after 1.0. */
  text(text: string, style: string): void {
    if (style === '' && isPrintable(text)) {
      for (let index = 0; index < text.length; index++) this.#place(ASCII[text.charCodeAt(index)]!)
      return
    }
    if (this.#width === widthOf) return this.#codePoints(text, style)
    for (const cluster of clusters(text)) {
      if (cluster.length === 1) this.#unit(cluster, style)
      else this.#cluster(cluster, style)
    }
  }

  /** Where the width of a cluster is the sum of its code points', each has its cell: nothing is to be taken apart. 60 KB of emoji cost 4 ms after 500. */
  #codePoints(text: string, style: string): void {
    for (const character of text) {
      if (character.length === 1) this.#unit(character, style)
      else this.#character(character, widthOf(character), style)
    }
  }

  /** The cursor stands before what is laid next. */
  cursor(): void {
    this.#cursorDue = true
  }

  /** The row ends here, and not for want of room. */
  newline(): void {
    this.#settleCursor()
    this.#endRow(false)
  }

  /** Ends a line that can be edited: when it has filled its row, the cursor needs another. */
  endLine(): void {
    if (this.#column === this.#columns && !this.cutting) this.#endRow(true)
    this.newline()
  }

  frame(): Frame {
    return { columns: this.#columns, rows: this.#rows, cursorRow: this.#cursorRow, cursorColumn: this.#cursorColumn }
  }

  #unit(character: string, style: string): void {
    const code = character.charCodeAt(0)
    if (code >= 0x20 && code < 0x7f) this.#place(style === '' ? ASCII[code]! : { text: character, width: 1, style })
    else if (code === 0x09) this.#tab(style)
    else if (code < 0xa0) this.text(spelling(code), style)
    else if ((code & 0xf800) === 0xd800) this.#character('\ufffd', 1, style)
    else this.#character(character, this.#width(character), style)
  }

  /** Terminals wrap between code points, so each has its cell, unless this session's terminal takes the cluster as one. */
  #cluster(cluster: string, style: string): void {
    const characters = Array.from(cluster)
    const widths = characters.map(character => this.#width(character))
    const width = this.#width(cluster)
    const apart = widths.reduce((sum, each) => sum + each, 0) === width
    if (cluster === '\r\n') this.text('\r', style)
    else if (!apart) this.#character(cluster, width, style)
    else characters.forEach((character, index) => this.#character(character, widths[index]!, style))
  }

  #character(text: string, width: number, style: string): void {
    if (width === 0) this.#combine(text, style)
    else if (width > this.#columns) this.#place({ text: '?', width: 1, style })
    else this.#place({ text, width, style })
  }

  /** What has no width goes with the cell before it; where there is none, on a dotted circle, as the Unicode charts show it. */
  #combine(mark: string, style: string): void {
    const cell = this.#cells.pop()
    if (cell === undefined) this.#place({ text: `\u25cc${mark}`, width: 1, style })
    else this.#cells.push(cell.text.length < LONGEST_CELL ? { ...cell, text: cell.text + mark } : cell)
  }

  #tab(style: string): void {
    const from = this.#column === this.#columns ? 0 : this.#column
    const stop = Math.min(from - (from % TAB) + TAB, this.#columns)
    const blank = style === '' ? ASCII[0x20]! : { text: ' ', width: 1, style }
    for (let column = from; column < stop; column++) this.#place(blank)
  }

  #place(cell: Cell): void {
    if (this.#column + cell.width > this.#columns) {
      if (this.cutting) return
      this.#endRow(true)
    }
    this.#settleCursor()
    this.#cells.push(cell)
    this.#column += cell.width
  }

  #settleCursor(): void {
    if (!this.#cursorDue) return
    this.#cursorDue = false
    this.#cursorRow = this.#rows.length
    this.#cursorColumn = this.#column
  }

  #endRow(wraps: boolean): void {
    this.#rows.push({ cells: this.#cells, width: this.#column, wraps })
    this.#cells = []
    this.#column = 0
  }
}

const TAB = 8
const DIM = '2'

/** Terminals keep a few marks on a cell; what is beyond is in the text, and not shown. */
const LONGEST_CELL = 32

/** SGR; another escape sequence, or its beginning; a run of text; a newline. */
const STYLED =
  /\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]?|([^\n\x1b]+)|\n/g

/** What `STYLED` finds besides runs of text. */
const MARKED = /[\x1b\n]/

/** Cells without a style, shared. */
const ASCII: readonly Cell[] = Array.from({ length: 128 }, (_, code) => ({
  text: String.fromCharCode(code),
  width: 1,
  style: '',
}))

/** C0 controls and DEL as Readline shows them; the C1 controls by their number. */
function spelling(code: number): string {
  return code < 0x80 ? `^${String.fromCharCode(code ^ 0x40)}` : `\\x${code.toString(16)}`
}
