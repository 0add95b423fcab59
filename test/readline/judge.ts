import { Unicode11Addon } from '@xterm/addon-unicode11'
import xterm from '@xterm/headless'

/** The rows of a screen, with `|` at the cursor, in one text; blanks at their ends and empty rows at the bottom left out. */
export class ScreenJudge {
  readonly #terminal: xterm.Terminal

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, reflowCursorLine: true })
    this.#terminal.loadAddon(new Unicode11Addon())
    this.#terminal.unicode.activeVersion = '11'
  }

  write(bytes: string): void {
    this.#terminal.write(bytes)
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#drawn()
    this.#terminal.resize(columns, rows)
  }

  async shot(): Promise<string> {
    await this.#drawn()
    const { active } = this.#terminal.buffer
    const rows = Array.from({ length: this.#terminal.rows }, (_, index) => {
      const line = active.getLine(active.baseY + index)
      if (index !== active.cursorY) return line?.translateToString(true).trimEnd() ?? ''
      const before = line?.translateToString(false, 0, active.cursorX) ?? ''
      return `${before}|${line?.translateToString(true, active.cursorX).trimEnd() ?? ''}`
    })
    while (rows.at(-1) === '') rows.pop()
    return rows.join('\n')
  }

  #drawn(): Promise<void> {
    return new Promise(resolve => this.#terminal.write('', resolve))
  }
}
