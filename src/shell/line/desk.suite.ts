import type { Connection, Terminal } from '../../core/connection.ts'
import type { SessionHost } from '../../core/transport.ts'
import { Editor } from '../../editor/editor.ts'
import type { EditorOptions } from '../../editor/editor.ts'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions, TestClient } from '../../testing/index.ts'
import { Console } from './console.ts'
import type { SessionTime } from './console.ts'
import type { CommandSource, ConsoleUser } from './console-user.ts'
import type { ReadRequest } from './request.ts'

/** A user with only a console. It reads one line after another and keeps them, until it is busy. */
export class Desk implements ConsoleUser, CommandSource {
  readonly commands = this
  /** The command that runs, as the console sees it; `undefined` if there is none. */
  running: object | undefined = {}
  readonly console: Console
  readonly history: string[] = []
  /**
   * The lines that were read, with `^C`, `^D`, and the sentence about a line that is too long in
   * their places.
   */
  readonly lines: string[] = []
  /** What the console has reported that is not part of a line. */
  readonly told: string[] = []
  /** The beginning of a line that makes the desk busy, as a command that continues to run does. */
  slow = 'slow'
  readonly #options: DeskOptions
  readonly #request: ReadRequest

  constructor(connection: Connection, time: SessionTime, options: DeskOptions) {
    this.console = new Console(connection, time, this)
    this.#options = options
    this.#request = {
      prompt: '> ',
      hidden: false,
      editor: new Editor({ history: this.history, ...options.editor }),
      line: text => this.#took(text),
      tooLong: sentence => this.#took(sentence),
      interrupted: () => this.#took('^C'),
      ended: () => void this.lines.push('^D'),
      ...options.request,
    }
    connection.start(this.console)
    if (options.busy !== true) this.read()
  }

  /** Reads the next line. */
  read(): void {
    this.console.read(this.#request)
  }

  /** Returns nothing, because the desk reads its next line by `read`. */
  next(): undefined {}

  interrupted(): void {
    this.told.push('interrupted')
  }

  inputEnded(): void {
    this.told.push('input ended')
  }

  signalled(name: string): void {
    this.told.push(name)
  }

  terminalChanged(terminal: Terminal): Terminal {
    return terminal
  }

  closed(reason: string): void {
    this.told.push(reason)
  }

  faulted(error: unknown): void {
    this.told.push(String(error))
  }

  #took(line: string): void {
    this.lines.push(line)
    this.#options.onLine?.(line, this)
    if (!line.startsWith(this.slow)) this.read()
  }
}

export interface DeskOptions extends ConnectOptions {
  request?: Partial<ReadRequest>
  editor?: EditorOptions
  /** Whether it does not read at first. */
  busy?: boolean
  onLine?: (line: string, desk: Desk) => void
}

/** Returns a user at a desk. */
export function atDesk(options: DeskOptions = {}): TestClient<Desk> {
  const host: SessionHost<Desk> = {
    prepare() {},
    authenticator() {
      throw new Error('a desk asks for no login')
    },
    open: (connection, time) => ({
      id: connection.facts.id,
      session: new Desk(connection, time, options),
      ended: Promise.resolve(),
      reading: true,
      tell() {},
      end() {},
      shutdown() {},
    }),
  }
  return connect(host, options)
}

/** Returns the rows of the screen with `|` at the cursor, without blanks at their ends. */
export async function picture(user: TestClient): Promise<string[]> {
  const { rows, cursor } = await user.screen()
  const shown = rows.map(row => row.trimEnd())
  while (shown.length <= cursor.row) shown.push('')
  const row = columnsOf(shown[cursor.row]!.padEnd(cursor.column))
  shown[cursor.row] = `${row.slice(0, cursor.column).join('')}|${row.slice(cursor.column).join('')}`
  return shown
}

/** Returns one entry for each column; the second one of a wide character is empty. */
function columnsOf(row: string): string[] {
  return Array.from(new Intl.Segmenter('en').segment(row), ({ segment }) => segment).flatMap(cluster =>
    /[\u1100-\uffdc\u{1f300}-\u{1faff}]/u.test(cluster) ? [cluster, ''] : [cluster],
  )
}
