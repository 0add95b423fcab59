import type { Terminal } from '@xterm/headless'
import { AnswerbackError, messageOf } from '../core/options/errors.ts'
import { isMissingPackage } from '../platform/package.ts'

/** What a user sees. */
export interface Screenshot {
  /**
   * The rows of the window, from the top, without trailing blanks; empty rows at the bottom are
   * left out.
   */
  readonly rows: readonly string[]
  /** The cursor's position; both figures count from 0. */
  readonly cursor: { readonly row: number; readonly column: number }
  /** The rows as one text. */
  readonly text: string
}

/**
 * A terminal without a window, which returns what its screen shows: xterm.js with Unicode 11
 * widths, as most terminals have. It needs the packages `@xterm/headless` and
 * `@xterm/addon-unicode11`.
 */
export class ScreenJudge {
  readonly #terminal: Terminal

  private constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  static async create(columns: number, rows: number): Promise<ScreenJudge> {
    const [{ default: headless }, { default: unicode11 }] = await Promise.all([
      import('@xterm/headless').catch(missing('@xterm/headless')),
      import('@xterm/addon-unicode11').catch(missing('@xterm/addon-unicode11')),
    ])
    const terminal = new headless.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 1000,
      reflowCursorLine: true,
    })
    terminal.loadAddon(new unicode11.Unicode11Addon())
    terminal.unicode.activeVersion = '11'
    return new ScreenJudge(terminal)
  }

  /** Writes to the terminal: text as it goes over a wire, or with bare `\n` for line ends. */
  write(text: string): void {
    this.#terminal.write(text.replaceAll(/\r?\n/g, '\r\n'))
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
  }

  /**
   * Returns the screen once all output has been drawn. `scrollback` includes the rows that have
   * left the window at its top.
   */
  async shot(scrollback = false): Promise<Screenshot> {
    await new Promise<void>(resolve => this.#terminal.write('', resolve))
    const buffer = this.#terminal.buffer.active
    const top = scrollback ? 0 : buffer.baseY
    const rows = Array.from(
      { length: buffer.baseY + this.#terminal.rows - top },
      (_, i) => buffer.getLine(top + i)?.translateToString(true) ?? '',
    )
    while (rows.at(-1) === '') rows.pop()
    return { rows, cursor: { row: buffer.baseY + buffer.cursorY - top, column: buffer.cursorX }, text: rows.join('\n') }
  }
}

/** Both are optional peer dependencies: tests that read no screen need neither. */
const PACKAGES = '@xterm/headless@6 @xterm/addon-unicode11@0.9'

function missing(name: string): (cause: unknown) => never {
  return cause => {
    const found = isMissingPackage(cause)
      ? `${name} is not installed`
      : `${name} cannot be loaded (${messageOf(cause)})`
    throw new AnswerbackError('PACKAGE', { for: 'screen()', packages: PACKAGES, found }, { cause })
  }
}
