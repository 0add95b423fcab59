import { withLineFeeds } from '../core/replaced.ts'

/**
 * What is pasted, on its way into lines: it comes in pieces, its line ends are made one kind, and what is to be read later waits here.
 * Holds no more than the last piece and what was waiting before it.
 */
export class Paste {
  #waiting = ''
  #open = false
  #goesOn = false
  /** The last piece ended in CR: an LF that follows belongs to it. */
  #afterReturn = false

  /** More of it is to come. */
  get open(): boolean {
    return this.#open
  }

  /** The last piece was not the first of its paste. */
  get goesOn(): boolean {
    return this.#goesOn
  }

  /** Something is to be taken. */
  get waiting(): boolean {
    return this.#waiting !== ''
  }

  add(text: string, end: boolean): void {
    const from = this.#afterReturn && text.startsWith('\n') ? 1 : 0
    this.#afterReturn = !end && (text === '' ? this.#afterReturn : text.endsWith('\r'))
    this.#goesOn = this.#open
    this.#open = !end
    this.#waiting += withLineFeeds(text.slice(from))
  }

  /** Takes all of it; or of lines the first one, without its end, if it has one. */
  take(lines: boolean): { text: string; ended: boolean } {
    const text = this.#waiting
    const end = lines ? text.indexOf('\n') : -1
    this.#waiting = end < 0 ? '' : text.slice(end + 1)
    return { text: end < 0 ? text : text.slice(0, end), ended: end >= 0 }
  }

  /** Drops what is waiting. */
  forget(): void {
    this.#waiting = ''
  }
}
