import { Unicode11Addon } from '@xterm/addon-unicode11'
import xterm from '@xterm/headless'

/**
 * A terminal that shows what painters write: xterm, headless, with Unicode 11 widths, re-wrapping
 * when resized.
 */
export class Xterm {
  readonly #terminal: xterm.Terminal

  constructor(columns: number, rows: number, reflow: boolean = true, unicode: '6' | '11' = '11') {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      reflowCursorLine: reflow,
      scrollback: reflow ? 1000 : 0,
    })
    this.#terminal.loadAddon(new Unicode11Addon())
    this.#terminal.unicode.activeVersion = unicode
  }

  /** Shows what a connection would send for this text: line ends become CR LF. */
  async show(text: string): Promise<this> {
    await new Promise<void>(resolve => this.#terminal.write(text.replaceAll('\n', '\r\n'), resolve))
    return this
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
  }

  /**
   * All lines down to the last that is not blank, including those scrolled off, without trailing
   * blanks.
   */
  get lines(): string[] {
    const { active } = this.#terminal.buffer
    const lines = Array.from({ length: active.length }, (_, row) =>
      active.getLine(row)!.translateToString(true).trimEnd(),
    )
    while (lines.at(-1) === '') lines.pop()
    return lines
  }

  /** The text before the cursor in its row. */
  get beforeCursor(): string {
    const { active } = this.#terminal.buffer
    return active.getLine(active.baseY + active.cursorY)!.translateToString(false, 0, active.cursorX)
  }

  /** The cursor, its row counted from the first of `lines`. */
  get cursor(): [row: number, column: number] {
    const { active } = this.#terminal.buffer
    return [active.baseY + active.cursorY, active.cursorX]
  }

  /** Returns whether this row continues the one before. */
  joined(row: number): boolean {
    return this.#terminal.buffer.active.getLine(row)!.isWrapped
  }

  /**
   * Returns a row's cells with their colours, for comparison: `a 1 -1 dim bold`; -1 is the
   * terminal's own colour.
   */
  cells(row: number): string[] {
    const line = this.#terminal.buffer.active.getLine(row)!
    const cells = Array.from({ length: line.length }, (_, column) => line.getCell(column)!)
    return cells.map(cell =>
      [
        cell.getChars(),
        cell.getFgColor(),
        cell.getBgColor(),
        ...(cell.isDim() ? ['dim'] : []),
        ...(cell.isBold() ? ['bold'] : []),
      ].join(' '),
    )
  }

  dispose(): void {
    this.#terminal.dispose()
  }
}
