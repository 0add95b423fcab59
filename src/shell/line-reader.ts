import type { Connection, Terminal } from '../core/connection.ts'
import type { Editor, Effect } from '../editor/editor.ts'
import { KeyDecoder } from '../terminal/key-decoder.ts'
import type { KeySink } from '../terminal/key-decoder.ts'
import type { Key } from '../terminal/key.ts'
import type { Picture } from '../terminal/layout.ts'
import { drawCompletion } from './completion.ts'
import type { Completion } from './completion.ts'
import type { Input, Screen } from './screen.ts'
import { isThenable } from './timers.ts'

/** A line that somebody wants to read. Exactly one of its first three methods is called, once. */
export interface ReadRequest {
  readonly prompt: string
  /** What is typed does not show. */
  readonly hidden: boolean
  /** Goes off the screen when it is over, instead of standing there. */
  readonly fleeting?: boolean
  /** Rows below the line, each cut at the edge. */
  readonly below?: readonly string[]
  readonly editor: LineEditor
  line(text: string): void
  /** Ctrl-C. */
  interrupted(): void
  /** Ctrl-D on an empty line, or the end of the input. */
  ended(): void
  /** Tab: what could stand at the cursor. Absent: Tab rings the bell. What comes later is dropped if the line has changed meanwhile. Never rejects. */
  complete?(line: string, cursor: number): Completion | Promise<Completion>
}

/** An editor, as far as its reader goes. */
export type LineEditor = Pick<Editor, Exclude<keyof Editor, 'unread'>>

/** Keys that mean something where the peer's side edits: what was typed before it became known who does, and what telnet's EC and EL stand for. */
const LINE_MODE_KEYS: ReadonlySet<Key> = new Set(['Enter', 'C-j', 'Backspace', 'C-c', 'C-d', 'C-u'])

/** Reads one line at a time: what is typed goes to the editor, what changes goes to the screen. */
export class LineReader implements KeySink, Input {
  readonly #screen: Screen
  readonly #connection: Connection
  readonly #decoder: KeyDecoder = new KeyDecoder()
  #terminal: Terminal | undefined
  #request: ReadRequest | undefined
  /** The editor holds what the screen does not show yet. */
  #dirty = false
  /** What stands behind the line when it is over; `undefined` while it is read. */
  #mark: string | undefined

  constructor(connection: Connection, screen: Screen) {
    this.#connection = connection
    this.#screen = screen
    this.#terminal = connection.facts.terminal
  }

  get request(): ReadRequest | undefined {
    return this.#request
  }

  /** Milliseconds until `expire` is due, unless more is fed; 0: nothing is. */
  get patience(): number {
    return this.#decoder.patience
  }

  begin(request: ReadRequest): void {
    this.#request = request
    this.#mark = undefined
    request.editor.begin()
    if (request.hidden) this.#connection.hideInput(true)
    this.#screen.open(this)
  }

  /** Takes input from an index on; answers how far it came: less than all of it where the line has ended. */
  feed(text: string, from: number): number {
    return this.#terminal === undefined ? this.#feedPiped(text, from) : this.#decoder.feed(text, from, this)
  }

  /** Nothing has followed an unfinished key. */
  expire(): void {
    this.#decoder.expire(this)
  }

  /** Shows what has been typed. Called when the input at hand has been read, and before anything else is written. */
  refresh(): void {
    if (!this.#dirty) return
    this.#dirty = false
    if (this.#request !== undefined) this.#screen.update()
  }

  changeTerminal(terminal: Terminal): void {
    this.refresh()
    this.#terminal = terminal
    this.#screen.change(terminal)
  }

  interrupt(): void {
    this.#leave('^C')?.interrupted()
  }

  /** The input has ended: an unfinished line counts as one, as in every shell. */
  endInput(): void {
    const text = this.#request?.editor.text ?? ''
    if (text === '') this.#leave('')?.ended()
    else this.#accept()
  }

  /** Stops reading, without an answer to the request. */
  cancel(): void {
    if (this.#request !== undefined) this.#leave('')
  }

  picture(): Picture {
    const { editor, hidden, prompt, below } = this.#request as ReadRequest
    const mark = this.#mark ?? ''
    const text = (hidden ? '' : editor.text) + mark
    const cursor = hidden || mark !== '' ? text.length : editor.cursor
    return { prompt: editor.prompt ?? prompt, text, cursor, ...(below && this.#mark === undefined && { below }) }
  }

  // What the decoder finds.

  text(run: string): boolean {
    const { editor, hidden } = this.#request as ReadRequest
    const effect = editor.insert(run)
    if (effect === 'append' && !this.#dirty && (hidden || this.#screen.append(run))) return true
    return EFFECTS[effect](this)
  }

  key(key: Key): boolean {
    if (this.#terminal?.input === 'line' && !LINE_MODE_KEYS.has(key)) return key === 'Tab' ? this.text('\t') : true
    return EFFECTS[(this.#request as ReadRequest).editor.key(key)](this)
  }

  paste(text: string): boolean {
    return EFFECTS[(this.#request as ReadRequest).editor.paste(text)](this)
  }

  // What keys do. Each answers whether the line goes on.

  changed(): boolean {
    this.#dirty = true
    return true
  }

  accepted(): boolean {
    this.#accept()
    return false
  }

  abandoned(): boolean {
    this.interrupt()
    return false
  }

  ended(): boolean {
    this.#leave('')?.ended()
    return false
  }

  rung(): boolean {
    this.#dirty = true
    this.#screen.bell()
    return true
  }

  cleared(): boolean {
    this.refresh()
    this.#screen.clear()
    return true
  }

  redrawn(): boolean {
    this.refresh()
    this.#screen.redraw()
    return true
  }

  completed(): boolean {
    const request = this.#request as ReadRequest
    if (request.complete === undefined || request.hidden) return this.rung()
    const { text, cursor } = request.editor
    const completion = request.complete(text, cursor)
    if (!isThenable(completion)) return this.#draw(completion, request)
    void completion.then(late => {
      if (this.#request !== request || request.editor.text !== text || request.editor.cursor !== cursor) return
      this.#draw(late, request)
      this.refresh()
    })
    return true
  }

  #draw(completion: Completion, request: ReadRequest): boolean {
    this.refresh()
    drawCompletion(completion, request.editor, this.#screen)
    return this.changed()
  }

  #accept(): void {
    const request = this.#leave('') as ReadRequest
    const { text, overflowed, maxLength } = request.editor
    if (overflowed)
      this.#screen.writeLines(`That line was longer than ${maxLength} characters, and was not run.`, 'stderr')
    request.line(overflowed ? '' : text)
  }

  /** The line is over: it stays on the screen as it is, with `mark` behind it. Answers whose it was. */
  #leave(mark: string): ReadRequest | undefined {
    const request = this.#request
    if (request === undefined) return undefined
    this.#mark = mark
    if (mark !== '' || request.below) this.#dirty = true
    this.refresh()
    if (request.fleeting) this.#screen.drop()
    else this.#screen.close(request.hidden && this.#terminal?.canHide === true)
    this.#request = undefined
    this.#dirty = false
    if (request.hidden) this.#connection.hideInput(false)
    return request
  }

  /** No terminal: lines as they are, ended by LF or CR LF. */
  #feedPiped(text: string, from: number): number {
    const { editor } = this.#request as ReadRequest
    const end = text.indexOf('\n', from)
    const piece = text.slice(from, end < 0 ? text.length : end)
    if (piece !== '') editor.paste(piece)
    if (end < 0) return text.length
    if (editor.text.endsWith('\r')) editor.replace(editor.text.length - 1, editor.text.length, '')
    this.#accept()
    return end + 1
  }
}

/** What each effect of a key comes to here. */
const EFFECTS: Readonly<Record<Effect, (reader: LineReader) => boolean>> = {
  none: () => true,
  append: reader => reader.changed(),
  edit: reader => reader.changed(),
  accept: reader => reader.accepted(),
  interrupt: reader => reader.abandoned(),
  'end-of-file': reader => reader.ended(),
  bell: reader => reader.rung(),
  complete: reader => reader.completed(),
  'possible-completions': reader => reader.completed(),
  'insert-completions': reader => reader.completed(),
  'menu-complete': reader => reader.completed(),
  'menu-complete-backward': reader => reader.completed(),
  'clear-screen': reader => reader.cleared(),
  'clear-display': reader => reader.cleared(),
  redraw: reader => reader.redrawn(),
}
