import type { Connection, OutputStream, Terminal } from '../../core/connection.ts'
import { ColumnTracker } from '../../terminal/column.ts'
import { layout } from '../../terminal/layout.ts'
import type { Picture } from '../../terminal/layout.ts'
import type { Painter } from '../../terminal/painter.ts'
import { BELL, BRACKETED_PASTE_OFF, BRACKETED_PASTE_ON, CLEAR_SCREEN } from '../../terminal/sequences.ts'
import { spelledPrompt } from '../../terminal/spelling.ts'
import { widthOf } from '../../terminal/width.ts'
import type { Width } from '../../terminal/width.ts'
import type { Drawing } from '../../terminal/type.ts'
import { displayOf, painterOf } from './display.ts'
import type { Display } from './display.ts'
import { withStatus } from './status-rows.ts'

/** Returns what the rows of input show, whenever they are drawn. */
export interface Input {
  /**
   * `left`: the picture stays on the screen, and input continues below it, so nothing that only
   * helps is shown.
   */
  picture(left?: boolean): Picture
}

/**
 * The user's screen: output above, and below it, while a line is read, the rows of input. Output
 * lifts the input off until the turn is over, so that many messages make one repaint. Input is
 * drawn by moving the cursor, or plainly in one row. If the peer's side shows it, it is not drawn.
 */
export class Screen {
  display: Display
  readonly #connection: Connection
  /** Whether pasted text may be marked, on terminals that can. */
  readonly #mayMark: boolean
  readonly #output: ColumnTracker = new ColumnTracker()
  #terminal: Terminal | undefined
  #painter: Painter | undefined
  /** The input that is being read. */
  #input: Input | undefined
  /** Rows above the input, or alone while nothing is read, such as a progress bar. */
  #status: readonly string[] = []
  /** Whether input or status is on the screen now. */
  #shown = false
  /** Whether the last text on the screen was written past the session. */
  #past = false

  constructor(connection: Connection, mayMark: boolean = true, width: Width = widthOf) {
    this.#connection = connection
    this.#mayMark = mayMark
    this.#terminal = connection.facts.terminal
    this.display = displayOf(this.#terminal, mayMark, width)
    this.#painter = painterOf(this.display.drawing)
  }

  /** Whether the input is on the screen now. It is not while output has lifted it off. */
  get showsInput(): boolean {
    return this.#shown
  }

  /** Writes output. While input is on the screen, the output goes above it. */
  write(text: string, stream: OutputStream = 'stdout'): boolean {
    if (text === '') return !this.#connection.needsDrain
    return this.#put(this.#shown ? this.#lift() : '', text, stream)
  }

  /**
   * Prepares for text that the process writes past the session. The text goes above the input, and
   * begins at column 0 unless it continues such text.
   */
  giveWay(text: string): void {
    if (this.#shown) this.#connection.write(this.#lift())
    if (!this.#past && !this.#output.atStart) this.write('\n')
    this.#past = true
    this.#output.write(text, this.display.columns)
  }

  /** Writes whole lines: from column 0, with a line end. */
  writeLines(text: string, stream: OutputStream = 'stdout'): boolean {
    const lifting = this.#shown ? this.#lift() : ''
    const gap = this.#output.atStart ? '' : '\n'
    return this.#put(lifting, `${gap}${text}\n`, stream)
  }

  /** Writes text, after what lifts the input off; in one write if both go to the same stream. */
  #put(lifting: string, text: string, stream: OutputStream): boolean {
    this.#past = false
    this.#output.write(text, this.display.columns)
    if (stream === 'stdout') return this.#connection.write(lifting + text, stream)
    if (lifting !== '') this.#connection.write(lifting)
    return this.#connection.write(text, stream)
  }

  /** Begins to show input. While it is shown, a terminal marks what is pasted. */
  open(input: Input): void {
    this.#input = input
    const marking = this.display.marks ? BRACKETED_PASTE_ON : ''
    if (!this.#shown) return this.#show(marking)
    this.#connection.write(marking)
    this.update()
  }

  /** Replaces the rows above the input, each cut at the edge; returns whether they can be drawn. */
  showStatus(rows: readonly string[]): boolean {
    if (this.display.drawing !== 'cursor') return false
    this.#status = rows
    if (this.#shown && !this.#stands) this.#connection.write(this.#lift())
    else if (this.#shown) this.update()
    else this.restore()
    return true
  }

  /** Shows the change of the input or the status. */
  update(): void {
    if (this.#shown && this.#painter) this.#connection.write(this.#painter.paint(layout(this.#picture(), this.display)))
  }

  /**
   * Shows text typed at the end of the input. Returns `false` if `update` must be called instead.
   */
  append(run: string): boolean {
    if (!this.#shown || this.display.drawing === 'none') return this.#shown
    const bytes = this.#painter?.append(run)
    if (bytes === undefined) return false
    this.#connection.write(bytes)
    return true
  }

  /**
   * Leaves the input on the screen where it is, and goes below it. `unseen`: the peer's side shows
   * nothing now, not even the end of the line.
   */
  close(unseen: boolean): void {
    if (!this.#shown) this.#show()
    if (this.#status.length > 0) this.#withoutStatus()
    if (this.#painter) this.#connection.write(this.#painter.finish() + this.#markingOff)
    else if (unseen || this.display.marks) this.#connection.write((unseen ? '\n' : '') + this.#markingOff)
    this.#closed()
  }

  /**
   * Leaves the input on the screen where it is. It is shown again below what is written next, or
   * when it is restored.
   */
  leave(): void {
    if (!this.#shown || !this.#painter || !this.#input) return
    const standing = layout(this.#input.picture(true), this.display)
    this.#connection.write(this.#painter.paint(standing) + this.#painter.finish())
    this.#output.reset()
    this.#shown = false
    this.#restoreSoon()
  }

  /** Removes the input from the screen for good. */
  drop(): void {
    const shown = this.#shown ? (this.#painter?.erase() ?? '') : ''
    this.#connection.write(shown + this.#markingOff)
    this.#closed()
  }

  bell(): void {
    if (this.#terminal) this.#connection.write(BELL)
  }

  /** Clears the screen, if it can be cleared, and shows the input at its top. */
  clear(): void {
    if (this.display.drawing !== 'cursor') return
    this.#connection.write(CLEAR_SCREEN)
    this.#painter?.forget()
    this.#output.reset()
    if (this.#stands) this.#show()
  }

  /** Draws the input from nothing, in case another program has written on the screen. */
  redraw(): void {
    if (this.#shown) this.#connection.write(this.#lift())
    this.restore()
  }

  /** Shows lifted input again. */
  restore(): void {
    if (this.#stands && !this.#shown) this.#show()
  }

  /** Changes the terminal. `rewraps`: it has wrapped its rows by its new size. */
  change(terminal: Terminal, rewraps: boolean = true): void {
    const before = this.display
    const display = displayOf(terminal, this.#mayMark, before.width)
    const resized = display.columns !== before.columns || display.rows !== before.rows
    this.#terminal = terminal
    this.display = display
    if (this.#input && display.marks !== before.marks)
      this.#connection.write(display.marks ? BRACKETED_PASTE_ON : BRACKETED_PASTE_OFF)
    if (display.drawing !== before.drawing) this.#drawOtherwise(before.drawing)
    else if (resized && this.#painter && rewraps) this.#resize(terminal, this.#painter)
    else if (resized && this.#painter) this.redraw()
  }

  #closed(): void {
    this.#input = undefined
    this.#shown = false
    this.#output.reset()
    if (this.#status.length > 0) this.#restoreSoon()
  }

  get #markingOff(): string {
    return this.display.marks ? BRACKETED_PASTE_OFF : ''
  }

  /** Whether something is to be shown below the output. */
  get #stands(): boolean {
    return this.#input !== undefined || (this.#status.length > 0 && this.display.drawing === 'cursor')
  }

  /** Removes the rows of status from above a line that is over. */
  #withoutStatus(): void {
    const rows = this.#status
    this.#status = []
    this.update()
    this.#status = rows
  }

  #picture(): Picture {
    const picture = this.#input?.picture() ?? { prompt: '', text: '', cursor: 0 }
    if (this.#status.length === 0 || this.display.drawing !== 'cursor') return picture
    return withStatus(picture, this.#status, this.#input === undefined, this.display)
  }

  /** Shows the input, in one write, because this is done for every line. */
  #show(before: string = ''): void {
    this.#shown = true
    if (!this.#terminal) return
    const start = this.#output.atStart ? before : `${before}\n`
    this.#output.reset()
    if (this.#painter) {
      this.#connection.write(start + this.#painter.paint(layout(this.#picture(), this.display)))
    } else {
      const prompt = spelledPrompt(this.#picture().prompt)
      this.#output.write(prompt, this.display.columns)
      this.#connection.write(start + prompt)
      this.#connection.promptEnd()
    }
  }

  /** Lifts the input off until the turn is over. Returns what is to be written for it. */
  #lift(): string {
    this.#shown = false
    this.#restoreSoon()
    if (!this.#painter && (!this.#terminal || this.#output.atStart)) return ''
    this.#output.reset()
    return this.#painter ? this.#painter.erase() : '\n'
  }

  /**
   * Restores the input when the turn is over, so that all that is written in it makes one repaint.
   */
  #restoreSoon(): void {
    void Promise.resolve().then(() => this.restore())
  }

  /**
   * Changes the side that shows the input, ours or the peer's. What is on the screen is adopted as
   * it is.
   */
  #drawOtherwise(before: Drawing): void {
    const { drawing } = this.display
    if (this.#shown && before !== 'none' && drawing !== 'none') this.#connection.write(this.#lift())
    this.#painter = painterOf(drawing)
    this.#status = []
    this.#shown &&= this.#input !== undefined
    if (!this.#shown || !this.#input) return
    this.#output.reset()
    if (this.#painter) this.#adopt(this.#painter)
    else this.#output.write(spelledPrompt(this.#input.picture().prompt), this.display.columns)
  }

  /**
   * Adopts the input, which is on the screen as whole as it is now. If the peer's program has
   * written below it, the prompt is shown again. On other screens, a program that reads would find
   * two prompts.
   */
  #adopt(painter: Painter): void {
    const picture = this.#picture()
    const again = this.#terminal?.announcesMode && picture.text === ''
    const frame = layout(picture, this.display)
    if (again) this.#connection.write(painter.adopt(frame))
    else painter.paint(frame)
  }

  /** Lifts the input off until the turn is over: many sizes in one packet make one repaint. */
  #resize(terminal: Terminal, painter: Painter): void {
    if (!this.#shown) return
    this.#shown = false
    this.#connection.write(painter.resized(terminal.columns, terminal.rows))
    this.#output.reset()
    this.#restoreSoon()
  }
}
