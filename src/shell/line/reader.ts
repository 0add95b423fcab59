import type { Connection, Terminal } from '../../core/connection.ts'
import type { Effect } from '../../editor/editor.ts'
import { KeyDecoder } from '../../terminal/key-decoder.ts'
import type { KeySink } from '../../terminal/key-sink.ts'
import type { Key } from '../../terminal/key.ts'
import type { Picture } from '../../terminal/layout.ts'
import { endOfPrintable } from '../../terminal/printable.ts'
import { Completing } from './completing.ts'
import { COMPLETION_ACTIONS } from './completion.ts'
import type { CompletionAction } from './completion.ts'
import { ENTERS, LINE_MODE_KEYS } from './keys.ts'
import { pictureOf } from './picture.ts'
import { Paste } from './paste.ts'
import { tooLongText } from './request.ts'
import type { RequestReader } from './request-reader.ts'
import type { ReadRequest } from './request.ts'
import type { Input, Screen } from './screen.ts'
import type { TimeSlice } from './time-slice.ts'

/**
 * Reads the lines of a terminal. What is typed goes to the editor, what changes goes to the screen.
 */
export class LineReader implements RequestReader, KeySink, Input {
  request: ReadRequest | undefined
  stale = false
  waiting = false
  readonly #screen: Screen
  readonly #slice: TimeSlice
  readonly #connection: Connection
  readonly #decoder: KeyDecoder = new KeyDecoder()
  #terminal: Terminal
  #completing: Completing | undefined
  /** How many units of the last run of text are still to be read. */
  #unread = 0
  #paste: Paste | undefined
  /** The mark behind a line that is over; `undefined` while the line is read. */
  #mark: string | undefined

  constructor(connection: Connection, terminal: Terminal, screen: Screen, slice: TimeSlice) {
    this.#connection = connection
    this.#terminal = terminal
    this.#screen = screen
    this.#slice = slice
  }

  get patience(): number {
    return this.#decoder.patience
  }

  forget(): void {
    this.#paste?.forget()
    this.waiting = false
  }

  begin(request: ReadRequest): void {
    this.request = request
    this.#mark = undefined
    request.editor.begin()
    if (request.hidden) this.#connection.hideInput(true)
    this.#screen.open(this)
  }

  feed(text: string, from: number): number {
    if (this.waiting) {
      this.#takePaste(this.#paste as Paste)
      return from
    }
    // A single key is not a whole line.
    const line = text.length - from > 1 ? this.#takeLine(text, from) : from
    if (line > from) return line
    this.#unread = 0
    const end = this.#decoder.feed(text, from, this)
    return end - this.#unread
  }

  /**
   * Takes a whole line of plain text at once. It was typed ahead, pasted, or sent by a program or
   * by a client that edits. Returns how far it came. Reading key by key has the same result, for
   * 0.3 µs more.
   */
  #takeLine(text: string, from: number): number {
    const { editor, hidden, assist } = this.request as ReadRequest
    const end = endOfPrintable(text, from)
    const plain = end > from && text.charCodeAt(end) === ENTER && this.#decoder.ready && !this.stale
    if (!plain || assist !== undefined || this.#completing !== undefined) return from
    const run = text.slice(from, end)
    if (editor.enter?.(run) !== true) return from
    this.stale = !hidden && !this.#screen.append(run)
    this.#accept()
    return end + 1
  }

  expire(): void {
    this.#decoder.expire(this)
  }

  /** Shows what has changed; a paste only when it is whole. */
  refresh(): void {
    if (this.stale && this.#paste?.open !== true) this.#draw()
  }

  #draw(): void {
    this.stale = false
    if (this.request) this.#screen.update()
  }

  changeTerminal(terminal: Terminal, rewraps: boolean): void {
    this.refresh()
    this.#terminal = terminal
    this.#screen.change(terminal, rewraps)
  }

  interrupt(): void {
    this.#leave('^C')?.interrupted()
  }

  endInput(): void {
    if (this.request?.editor.text === '') this.#leave('')?.ended(true)
    else this.#accept()
  }

  cancel(): void {
    this.#leave('', !this.#screen.showsInput)
  }

  redraw(): void {
    this.refresh()
    this.#screen.redraw()
  }

  picture(left: boolean = false): Picture {
    const asked = this.#mark === undefined ? this.#completing?.prompt : undefined
    if (asked !== undefined) return { prompt: asked, text: '', cursor: 0 }
    return pictureOf(this.request as ReadRequest, this.#mark ?? (left ? '' : undefined))
  }

  // Calls from the decoder.

  text(run: string): boolean {
    const { editor, hidden, assist } = this.request as ReadRequest
    if (this.#completing?.prompt !== undefined) return this.#answerWith(run)
    this.#completing?.leave()
    const effect = editor.insert(run)
    const quick = effect === 'append' && !this.stale && assist === undefined
    if (quick && (hidden || this.#screen.append(run))) return true
    // Text before a character that is bound to something else may have been inserted.
    this.stale ||= effect !== 'none'
    this.#unread = editor.unread?.length ?? 0
    return this.#continues(this.#apply(effect) && this.#unread === 0)
  }

  key(key: Key, sequence?: string): boolean {
    if (this.#terminal.input === 'line' && !LINE_MODE_KEYS.has(key)) return key === 'Tab' ? this.text('\t') : true
    if (this.#completing?.prompt !== undefined && key !== 'C-c') return this.#answer(key)
    const { editor, assist } = this.request as ReadRequest
    // A key that ends the line may have changed it, or ended a prompt of the editor. Only Enter
    // without such a prompt leaves the line as it is.
    this.stale ||= !ENTERS.has(key) || editor.prompt !== undefined
    const effect = assist?.take(key, editor) ?? editor.key(key, sequence)
    if (this.#completing !== undefined && !COMPLETION_ACTIONS.has(effect)) this.#completing.leave()
    return this.#continues(this.#apply(effect))
  }

  paste(text: string, end: boolean): boolean {
    const paste = (this.#paste ??= new Paste())
    paste.add(text, end)
    if (this.#completing?.prompt !== undefined) {
      this.forget()
      return this.#bell()
    }
    this.#completing?.leave()
    return this.#continues(this.#takePaste(paste))
  }

  /**
   * Returns whether the decoder continues. A session that has used up its time slice resumes in a
   * later turn.
   */
  #continues(lineContinues: boolean): boolean {
    if (lineContinues) return !this.#slice.look()
    this.#slice.lookNext()
    return false
  }

  /** Does what a key has caused, and returns whether the line continues. */
  #apply(effect: Effect): boolean {
    switch (effect) {
      case 'none':
        return true
      case 'append':
      case 'edit':
        return this.#changed()
      case 'bell':
        return this.#bell()
      case 'accept':
        return this.#accept()
      case 'interrupt':
        this.interrupt()
        return false
      case 'end-of-file':
        this.#leave('')?.ended(false)
        return false
      case 'clear-screen':
      case 'clear-display':
        this.refresh()
        this.#screen.clear()
        return true
      case 'redraw':
        this.redraw()
        return true
      default:
        return this.#complete(effect)
    }
  }

  #changed(): boolean {
    this.stale = true
    return true
  }

  #bell(): boolean {
    this.#screen.bell()
    return this.#changed()
  }

  #complete(action: CompletionAction): boolean {
    const request = this.request as ReadRequest
    if (request.complete === undefined || request.hidden) return this.#bell()
    this.refresh()
    this.#completing ??= new Completing(request, this.#screen, () => this.#restore())
    this.#completing.do(action)
    this.#screen.restore()
    return this.#changed()
  }

  #restore(): void {
    this.#screen.restore()
    this.stale = true
    this.refresh()
  }

  /** Gives a key to the list of candidates, which takes one after another. */
  #answer(key: Key): boolean {
    if (this.#completing?.press(key) === 'bell') this.#screen.bell()
    this.#screen.restore()
    return this.#continues(this.#changed())
  }

  #answerWith(run: string): boolean {
    const [character = ''] = run
    this.#unread = run.length - character.length
    return this.#answer(character) && this.#unread === 0
  }

  #takePaste(paste: Paste): boolean {
    const { editor, runsPaste } = this.request as ReadRequest
    const { effect, ended, refusal } = paste.putInto(editor, runsPaste === true)
    this.waiting = paste.waiting
    if (refusal !== undefined) this.#screen.writeLines(refusal, 'stderr')
    const continues = this.#apply(effect)
    return ended ? this.#accept() : continues
  }

  /** Ends the line, or begins it again if it was too long. Returns `false`: it is over. */
  #accept(): boolean {
    const request = this.#leave('') as ReadRequest
    const { text, overflowed, maxLength } = request.editor
    if (overflowed) {
      this.#screen.writeLines(tooLongText(maxLength), 'stderr')
      this.begin(request)
    } else {
      request.line(text)
    }
    return false
  }

  /**
   * Ends the line, and returns its request. The line stays on the screen as it is, with `mark`
   * behind it. If it is `unseen`, it is not shown again.
   */
  #leave(mark: string, unseen: boolean = false): ReadRequest | undefined {
    const request = this.request
    if (request === undefined) return undefined
    this.#mark = mark
    this.#completing?.leave()
    if (this.stale || mark !== '' || request.below || request.assist || this.#completing?.prompt) this.#draw()
    this.#completing = undefined
    if (request.fleeting || unseen) this.#screen.drop()
    else this.#screen.close(request.hidden && this.#terminal.canHide)
    this.request = undefined
    this.stale = false
    if (request.hidden) this.#connection.hideInput(false)
    return request
  }
}

const ENTER = 0x0d
