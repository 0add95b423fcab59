import type { Cancel } from '../../core/time/clock.ts'
import type { OutputStream, Terminal } from '../../core/connection.ts'
import { visible } from '../../core/text/visible.ts'

/** The progress of a task that is running. */
export interface Progress {
  /**
   * Sets the fraction done, from 0 to 1, and a text about the current step. Call it as often as you
   * like: it is drawn ten times a second.
   */
  update(fraction: number, text?: string): void
}

/** A task that is running, of unknown length. */
export interface Spinner {
  /** Sets the text about the current step. */
  update(text: string): void
}

/** The session that an area belongs to. */
interface StatusHost {
  readonly facts: { readonly terminal: Pick<Terminal, 'columns'> }
  /** The running command. */
  readonly running: { readonly signal: AbortSignal } | undefined
  writeLines(text: string, stream: OutputStream): Promise<void>
  /** Shows rows above the prompt; returns whether they can be drawn. */
  showStatus(rows: readonly string[]): boolean
  every(ms: number, run: () => unknown): Cancel
}

/** Milliseconds between two drawings. */
const TICK = 100

/**
 * Rows above a session's prompt, or alone while a command runs. Each exists as long as its task.
 */
export class StatusArea {
  readonly #host: StatusHost
  readonly #lines: StatusLine[] = []
  #ticks = 0
  #cancelTicks: Cancel | undefined

  constructor(host: StatusHost) {
    this.#host = host
  }

  /** Shows a line during `work`. Ctrl-C removes it at once, even if the work goes on. */
  async run<L extends StatusLine, T>(line: L, work: (line: L) => T | Promise<T>): Promise<T> {
    const { running } = this.#host
    const remove = (): void => this.#remove(line)
    line.say = text => void this.#host.writeLines(text, 'stderr')
    this.#add(line)
    running?.signal.addEventListener('abort', remove, { once: true })
    try {
      return await work(line)
    } finally {
      running?.signal.removeEventListener('abort', remove)
      remove()
    }
  }

  #add(line: StatusLine): void {
    this.#lines.push(line)
    line.drawn = this.#draw()
    line.begin()
    this.#cancelTicks ??= this.#host.every(TICK, () => this.#tick())
  }

  #remove(line: StatusLine): void {
    const at = this.#lines.indexOf(line)
    if (at < 0) return
    this.#lines.splice(at, 1)
    line.drawn = true
    this.#draw()
    if (this.#lines.length > 0) return
    this.#cancelTicks?.()
    this.#cancelTicks = undefined
  }

  #tick(): void {
    this.#ticks += 1
    const drawn = this.#draw()
    for (const line of this.#lines) line.drawn = drawn
  }

  #draw(): boolean {
    const { columns } = this.#host.facts.terminal
    return this.#host.showStatus(this.#lines.map(line => line.row(columns, this.#ticks)))
  }
}

/** A row of the area; without drawing it writes plain lines. */
abstract class StatusLine {
  drawn = false
  say: (text: string) => void = () => {}
  protected readonly label: string

  constructor(label: string) {
    this.label = visible(label)
  }

  abstract row(columns: number, ticks: number): string

  /** Writes that the work has begun, if nothing is drawn. */
  begin(): void {
    if (!this.drawn) this.say(`${this.label}...`)
  }
}

/** `Copying [#######-------------]  35 % readme.txt`, in plain lines at each quarter. */
export class ProgressBar extends StatusLine implements Progress {
  #fraction = 0
  #text = ''
  #quarter = 0

  update(fraction: number, text: string = this.#text): void {
    // A division by zero counts as no progress.
    this.#fraction = Math.min(1, Math.max(0, fraction || 0))
    this.#text = text
    const quarter = Math.floor(this.#fraction * 4)
    if (quarter <= this.#quarter) return
    this.#quarter = quarter
    if (!this.drawn) this.say(`${this.label}: ${quarter * 25} %`)
  }

  row(columns: number): string {
    const cells = Math.max(4, Math.min(20, columns - this.label.length - 10))
    const done = Math.floor(this.#fraction * cells)
    const percent = String(Math.floor(this.#fraction * 100)).padStart(3)
    return `${this.label} [${'#'.repeat(done)}${'-'.repeat(cells - done)}] ${percent} % ${visible(this.#text, columns)}`.trimEnd()
  }
}

/** `| Searching cellar`, turning. */
export class SpinningLine extends StatusLine implements Spinner {
  #text = ''

  update(text: string): void {
    this.#text = text
  }

  row(columns: number, ticks: number): string {
    return `${FRAMES[ticks % FRAMES.length]} ${this.label} ${visible(this.#text, columns)}`.trimEnd()
  }
}

/** ASCII, which every terminal has. */
const FRAMES = ['|', '/', '-', '\\']
