import type { Connection } from '../../core/connection.ts'
import { PipedLine } from './piped.ts'
import type { RequestReader } from './request-reader.ts'
import { tooLongText } from './request.ts'
import type { ReadRequest } from './request.ts'

/** Reads the lines of a peer without a terminal: nothing is edited, nothing is shown. */
export class PipedReader implements RequestReader {
  readonly waiting = false
  readonly stale = false
  readonly patience = 0
  request: ReadRequest | undefined
  readonly #connection: Connection
  readonly #line: PipedLine = new PipedLine()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  begin(request: ReadRequest): void {
    this.request = request
    request.editor.begin()
    if (request.hidden) this.#connection.hideInput(true)
  }

  feed(text: string, from: number): number {
    const end = this.#line.feed(text, from, (this.request as ReadRequest).editor.maxLength)
    if (end !== undefined) this.#accept()
    return end ?? text.length
  }

  endInput(): void {
    if (this.#line.empty) this.#leave()?.ended(true)
    else this.#accept()
  }

  interrupt(): void {
    this.#leave()?.interrupted()
  }

  cancel(): void {
    this.#leave()
  }

  forget(): void {
    this.#line.forget()
  }

  expire(): void {}
  refresh(): void {}
  redraw(): void {}
  changeTerminal(): void {}

  #accept(): void {
    const request = this.#leave() as ReadRequest
    const { text, overflowed, maxLength } = this.#line.take(request.editor)
    if (overflowed) request.tooLong(tooLongText(maxLength))
    else request.line(text)
  }

  #leave(): ReadRequest | undefined {
    const { request } = this
    this.request = undefined
    if (request?.hidden) this.#connection.hideInput(false)
    return request
  }
}
