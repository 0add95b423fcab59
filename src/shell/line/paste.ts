import { withLineFeeds } from '../../core/text/replaced.ts'
import type { Effect } from '../../editor/editor.ts'
import type { LineEditor } from './editor.ts'

/**
 * What is pasted, on its way into lines: it comes in pieces, its line ends are made one kind, and
 * what is to be read later waits here. Holds no more than the last piece and what was waiting
 * before it.
 */
export class Paste {
  #waiting = ''
  #open = false
  /** The last piece was not the first of its paste. */
  #continues = false
  /** The last piece ended in CR: an LF that follows belongs to it. */
  #afterReturn = false

  /** More of it is to come. */
  get open(): boolean {
    return this.#open
  }

  /** Something is to be taken. */
  get waiting(): boolean {
    return this.#waiting !== ''
  }

  add(text: string, end: boolean): void {
    const from = this.#afterReturn && text.startsWith('\n') ? 1 : 0
    this.#afterReturn = !end && (text === '' ? this.#afterReturn : text.endsWith('\r'))
    this.#continues = this.#open
    this.#open = !end
    this.#waiting += withLineFeeds(text.slice(from))
  }

  /**
   * Puts all of it into a line; or, of `lines`, the first one, which ends the line. What follows a
   * piece that did not fit does not go in either. Too long a paste is refused before it is over:
   * its end may have been lost, and then nothing that is typed shows for a while (`PASTE_MS`).
   */
  putInto(editor: LineEditor, lines: boolean): Pasted {
    const text = this.#waiting
    const end = lines ? text.indexOf('\n') : -1
    const line = end < 0 ? text : text.slice(0, end)
    this.#waiting = end < 0 ? '' : text.slice(end + 1)
    if (line === '' || editor.overflowed) return { effect: 'edit', ended: end >= 0 }
    const effect = editor.paste(line, this.#continues)
    if (!editor.overflowed || !this.#open) return { effect, ended: end >= 0 }
    const refusal = `What you paste is longer than ${editor.maxLength} characters, and will not be taken.`
    return { effect, ended: end >= 0, refusal }
  }

  /** Drops what is waiting. */
  forget(): void {
    this.#waiting = ''
  }
}

/** What a paste has done to a line. */
export interface Pasted {
  readonly effect: Effect
  /** A line end came with it. */
  readonly ended: boolean
  /** It does not fit, as the sentence says. */
  readonly refusal?: string
}
