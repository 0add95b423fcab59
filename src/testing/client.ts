import { waitFor } from '../core/time/clock.ts'
import type { Cancel, Clock } from '../core/time/clock.ts'
import { checkHost } from '../core/options/host.ts'
import { durationOf } from '../core/options/duration.ts'
import type { SessionHost, SessionServices } from '../core/transport.ts'
import type { Logger } from '../core/log.ts'
import { SILENT } from '../core/log.ts'
import { sequenceOf } from '../terminal/key.ts'
import { newAsyncContext } from '../platform/async-context.ts'
import { SCHEDULER } from '../platform/scheduler.ts'
import { SYSTEM_CLOCK } from '../platform/system-clock.ts'
import { ConnectedClients } from './connected-clients.ts'
import { ManualClock, settled } from './manual-clock.ts'
import { MemoryConnection } from './memory-connection.ts'
import type { MemoryConnectionOptions } from './memory-connection.ts'
import { ScreenJudge } from './screen.ts'
import type { Screenshot } from './screen.ts'

/** What a test says of its user, besides the connection. */
export interface ConnectOptions extends MemoryConnectionOptions {
  /**
   * The session's clock.
   * @default a `ManualClock`, found as `client.clock`
   */
  clock?: Clock
  /**
   * Takes what the shell reports.
   * @default silent
   */
  log?: Logger
}

/**
 * Connects to a shell without a network:
 * `const user = connect(shell); user.type('help\r'); (await user.screen()).text`. Freezes the
 * shell, as `serve` does.
 */
export function connect<S>(shell: SessionHost<S>, options: ConnectOptions = {}): TestClient<S> {
  checkHost(shell)
  shell.prepare()
  return new TestClient(shell, options)
}

/**
 * A user at a terminal, in a test. Methods without a result return the client, so that calls can be
 * chained.
 */
export class TestClient<S = unknown> {
  /** The session at the other end. */
  readonly session: S
  /** Resolves when the session has ended, including its hooks. */
  readonly ended: Promise<void>
  /** The session's clock, unless `clock` was given. */
  readonly clock: ManualClock
  /** The connection: for stalling, raw output, and how it ended. */
  readonly connection: MemoryConnection
  /** What the screen must be fed; a judge is created when a screen is first read. */
  readonly #drawings: ((judge: ScreenJudge) => void)[] = []
  readonly #size: { readonly columns: number; readonly rows: number }
  #judge: Promise<ScreenJudge> | undefined
  /** The index in the output up to which `expect` has read. */
  #seen = 0
  #written: (() => void) | undefined

  constructor(shell: SessionHost<S>, options: ConnectOptions) {
    this.clock = options.clock instanceof ManualClock ? options.clock : new ManualClock()
    this.connection = new MemoryConnection(options)
    this.#size = { columns: this.connection.terminal?.columns ?? 80, rows: this.connection.terminal?.rows ?? 24 }
    this.connection.onWrite = text => {
      this.#drawings.push(judge => judge.write(text))
      this.#written?.()
    }
    const company = ConnectedClients.of(shell)
    const { clock = this.clock } = options
    const tools: SessionServices = {
      clock,
      scheduler: clock instanceof ManualClock ? clock : SCHEDULER,
      log: options.log ?? SILENT,
      sessions: () => company.sessions,
      observer: { commands: 'no', report: ({ type }) => void (type === 'start' && company.enters(this)) },
      newAsyncContext,
    }
    let left: () => void = () => {}
    this.ended = new Promise(resolve => (left = resolve))
    void this.ended.then(() => company.leaves(this))
    this.session = shell.open(this.connection, tools, left).session
  }

  /**
   * Everything written so far, with `\n` for line ends, and without switches of bracketed paste.
   * `connection.output` has those too.
   */
  get output(): string {
    return this.connection.output.replaceAll(PASTE_SWITCH, '')
  }

  /** Types text, as it is; `\r` is Enter. */
  type(text: string): this {
    this.connection.text(text)
    return this
  }

  /**
   * Presses keys by their names: `press('C-a', 'M-f', 'Left', 'Enter')`. Throws for an unknown
   * name; the message names the nearest.
   */
  press(...keys: string[]): this {
    for (const key of keys) this.connection.text(sequenceOf(key))
    return this
  }

  /** Types a line and presses Enter; on a pipe, a line and its end. */
  enter(line: string): this {
    return this.type(line + (this.connection.terminal === undefined ? '\n' : '\r'))
  }

  /** Resizes the window. */
  resize(columns: number, rows: number): this {
    this.#drawings.push(judge => judge.resize(columns, rows))
    this.connection.change({ columns, rows })
    return this
  }

  /** Interrupts by protocol, as telnet's IP and SSH's signal do. */
  interrupt(): this {
    this.connection.event({ type: 'interrupt' })
    return this
  }

  /** Sends the end of the input; output still comes. */
  endInput(): this {
    this.connection.event({ type: 'end-of-input' })
    return this
  }

  /** Disconnects without notice. */
  disconnect(): this {
    this.connection.event({ type: 'closed', reason: 'disconnected' })
    return this
  }

  /** Resolves when everything that can happen without time passing has happened. */
  async settled(): Promise<this> {
    await settled()
    return this
  }

  /**
   * Waits until `text` has been written after the text expected last. Returns the output up to its
   * end. Rejects after `timeout` milliseconds of real time (default 5000), with the output written
   * instead.
   */
  async expect(text: string | RegExp, timeout = 5000): Promise<string> {
    let cancel: Cancel = () => {}
    const late = new Promise<never>((_, reject) => {
      cancel = waitFor(SYSTEM_CLOCK, durationOf('timeout', timeout), () =>
        reject(new Error(`expected ${text}, and got ${JSON.stringify(this.output.slice(this.#seen))}`)),
      )
    })
    try {
      for (;;) {
        const found = this.#find(text)
        if (found !== undefined) return found
        await Promise.race([late, new Promise<void>(resolve => (this.#written = resolve))])
      }
    } finally {
      cancel()
    }
  }

  /**
   * Returns what the user sees now. `scrollback` includes the rows that have left the window at its
   * top. Rejects with an `AnswerbackError` (`PACKAGE`) if the packages that draw it are not
   * installed: `npm install --save-dev @xterm/headless@6 @xterm/addon-unicode11@0.9`.
   */
  async screen(scrollback = false): Promise<Screenshot> {
    await settled()
    const judge = await (this.#judge ??= ScreenJudge.create(this.#size.columns, this.#size.rows))
    for (const draw of this.#drawings.splice(0)) draw(judge)
    return judge.shot(scrollback)
  }

  #find(text: string | RegExp): string | undefined {
    const rest = this.output.slice(this.#seen)
    const match = typeof text === 'string' ? rest.indexOf(text) : rest.search(text)
    if (match < 0) return undefined
    const length = typeof text === 'string' ? text.length : (text.exec(rest.slice(match))?.[0].length ?? 0)
    const found = rest.slice(0, match + length)
    this.#seen += found.length
    return found
  }
}

const PASTE_SWITCH = /\x1b\[\?2004[hl]/g
