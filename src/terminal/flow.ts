import { clusters } from './grapheme.ts'
import type { Cell, Frame, Row, Surface } from './frame.ts'
import { isPrintable } from './printable.ts'
import { isSpelledOut, spelling } from './spelling.ts'
import { styleWithin } from './type.ts'
import type { Renditions } from './type.ts'
import { widthOf, widthOfCodePoint } from './width.ts'
import type { Width } from './width.ts'

/** Lays cells one after another, and wraps them. */
export class Flow {
  readonly #columns: number
  readonly #width: Width
  readonly #renditions: Renditions
  readonly #first: number
  readonly #last: number
  readonly #rows: Row[] = []
  #cells: Cell[] = []
  #column = 0
  #cursorRow = 0
  #cursorColumn = 0
  /** The cursor stands at whatever is laid next, which may still wrap. */
  #cursorDue = false
  /** Whatever does not fit in its row is left out rather than wrapped. */
  cutting = false

  /**
   * Of the rows before `first` only the number counts, and those after `last` need not be laid;
   * default all.
   */
  constructor(surface: Surface, { first, last }: { first: number; last: number } = ALL) {
    this.#columns = surface.columns
    this.#width = surface.width
    this.#renditions = surface.renditions ?? 'all'
    this.#first = first
    this.#last = last
  }

  /** The row that is being laid. */
  get row(): number {
    return this.#rows.length
  }

  /** All rows that are needed are there. */
  get done(): boolean {
    return this.#rows.length > this.#last
  }

  get #passing(): boolean {
    return this.#rows.length < this.#first
  }

  /**
   * Lays text without escape sequences. Plain ASCII, most of it, is not taken apart into clusters:
   * a row of 20 costs 0.3 µs after 1.0.
   */
  text(text: string, wanted: string): void {
    const style = styleWithin(wanted, this.#renditions)
    if (style === '' && isPrintable(text)) {
      for (let index = 0; index < text.length && !this.done; index++) this.#place(ASCII[text.charCodeAt(index)]!)
      return
    }
    if (this.#width === widthOf) return this.#codePoints(text, style)
    for (const cluster of clusters(text)) {
      if (cluster.length === 1) this.#unit(cluster, style)
      else this.#cluster(cluster, style)
    }
  }

  /**
   * Where the width of a cluster is the sum of its code points', each has its cell: nothing is to
   * be taken apart. 60 KB of emoji cost 4 ms after 500.
   */
  #codePoints(text: string, style: string): void {
    for (let index = 0; index < text.length && !this.done;) {
      const codePoint = text.codePointAt(index)!
      const character = this.#passing ? '' : String.fromCodePoint(codePoint)
      index += codePoint > 0xffff ? 2 : 1
      if (codePoint < 0xa0 || isSpelledOut(codePoint) || (codePoint & 0xfffff800) === 0xd800)
        this.#unit(String.fromCharCode(codePoint), style)
      else this.#character(character, widthOfCodePoint(codePoint), style)
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
    else if (isSpelledOut(code)) this.text(spelling(code), style)
    else if ((code & 0xf800) === 0xd800) this.#character('\ufffd', 1, style)
    else this.#character(character, this.#width(character), style)
  }

  /**
   * Terminals wrap between code points, so each has its cell, unless this session's terminal takes
   * the cluster as one.
   */
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
    else if (this.#passing && width <= 2) this.#place(PASSED[width - 1]!)
    else this.#place({ text, width, style })
  }

  /**
   * What has no width goes with the cell before it; where there is none, on a dotted circle, as the
   * Unicode charts show it.
   */
  #combine(mark: string, style: string): void {
    if (this.#passing && this.#column > 0) return
    const cell = this.#cells.pop()
    if (cell === undefined) this.#place({ text: `\u25cc${mark}`, width: 1, style })
    else this.#cells.push(cell.text.length < MAX_CELL_CHARS ? { ...cell, text: cell.text + mark } : cell)
  }

  #tab(style: string): void {
    const from = this.#column === this.#columns ? 0 : this.#column
    const stop = Math.min(from - (from % TAB_COLUMNS) + TAB_COLUMNS, this.#columns)
    const blank = style === '' ? ASCII[0x20]! : { text: ' ', width: 1, style }
    for (let column = from; column < stop; column++) this.#place(blank)
  }

  #place(cell: Cell): void {
    if (this.#column + cell.width > this.#columns) {
      if (this.cutting) return
      this.#endRow(true)
    }
    this.#settleCursor()
    if (!this.#passing) this.#cells.push(cell)
    this.#column += cell.width
  }

  #settleCursor(): void {
    if (!this.#cursorDue) return
    this.#cursorDue = false
    this.#cursorRow = this.#rows.length
    this.#cursorColumn = this.#column
  }

  #endRow(wraps: boolean): void {
    const width = this.#column
    this.#column = 0
    if (this.#passing) return void this.#rows.push(PASSED_ROW)
    this.#rows.push({ cells: this.#cells, width, wraps })
    this.#cells = []
  }
}

const ALL = { first: 0, last: Infinity } as const

/** Stand for cells and rows that are counted and not shown. */
const PASSED: readonly Cell[] = [1, 2].map(width => ({ text: '', width, style: '' }))
const PASSED_ROW: Row = { cells: [], width: 0, wraps: false }

const TAB_COLUMNS = 8

/** Terminals keep a few marks on a cell; what is beyond is in the text, and not shown. */
const MAX_CELL_CHARS = 32

/** Cells without a style, shared. */
const ASCII: readonly Cell[] = Array.from({ length: 128 }, (_, code) => ({
  text: String.fromCharCode(code),
  width: 1,
  style: '',
}))
