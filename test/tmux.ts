import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real terminal program in a window of tmux, which answers what its screen shows. */
export class TmuxWindow {
  readonly #folder: string
  readonly #socket: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#socket = join(folder, 'tmux')
  }

  /** Runs a command in a window of its own, of 80×24 unless given. */
  static async open(
    command: string,
    size: { columns: number; rows: number } = { columns: 80, rows: 24 },
  ): Promise<TmuxWindow> {
    const window = new TmuxWindow(mkdtempSync(join(tmpdir(), 'answerback-')))
    const { columns, rows } = size
    await window.#tmux(
      '-f',
      '/dev/null',
      '-u',
      'new-session',
      '-d',
      '-x',
      String(columns),
      '-y',
      String(rows),
      `${command}; echo "[left]"; cat`,
    )
    // Escape is to be sent on at once, and the window is to keep the size that the test gives it.
    await window.#tmux('set-option', '-g', 'escape-time', '0')
    await window.#tmux('set-option', '-g', 'window-size', 'manual')
    return window
  }

  /** Types text as it is. */
  async type(text: string): Promise<void> {
    await this.#tmux('send-keys', '-l', text)
  }

  /** Presses keys by tmux's names: `Enter`, `Up`, `C-c`, `BSpace`. */
  async press(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys)
  }

  async enter(line: string): Promise<void> {
    await this.type(line)
    await this.press('Enter')
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', String(columns), '-y', String(rows))
  }

  /** The rows, without blanks at their ends, and without empty ones at the bottom; and the cursor, from 0. */
  async screen(): Promise<{ rows: string[]; row: number; column: number }> {
    const rows = (await this.#tmux('capture-pane', '-p')).split('\n').map(row => row.trimEnd())
    while (rows.at(-1) === '') rows.pop()
    const [column, row] = (await this.#tmux('display-message', '-p', '#{cursor_x} #{cursor_y}'))
      .trim()
      .split(' ')
      .map(Number) as [number, number]
    return { rows, row, column }
  }

  /** Waits until the last rows of the screen are these, and answers the whole screen. */
  async until(...last: string[]): Promise<{ rows: string[]; row: number; column: number }> {
    const deadline = Date.now() + 20_000
    for (;;) {
      const screen = await this.screen()
      if (last.every((row, i) => screen.rows.at(i - last.length) === row)) return screen
      if (Date.now() > deadline)
        throw new Error(`the screen does not end with\n${last.join('\n')}\nbut shows\n${screen.rows.join('\n')}`)
      await new Promise(resolve => setTimeout(resolve, 30))
    }
  }

  async close(): Promise<void> {
    await this.#tmux('kill-server').catch(() => {})
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #tmux(...words: string[]): Promise<string> {
    const { stdout } = await run('tmux', ['-S', this.#socket, ...words], {
      env: { ...process.env, LC_ALL: 'C.UTF-8', TMUX: '' },
    })
    return stdout
  }
}
