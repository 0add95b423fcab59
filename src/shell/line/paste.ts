import { withLineFeeds } from '../../core/text/replaced.ts'
import type { Effect } from '../../editor/editor.ts'
import type { LineEditor } from './editor.ts'

/**
 * Pasted text, on its way into lines. It arrives in pieces, its line ends are made one kind, and
 * what is to be read later waits here. Holds no more than the last piece and what was waiting
 * before it.
 */
export class Paste {
  #waiting = ''
  #open = false
  /** Whether the last piece was not the first of its paste. */
  #continues = false
  /** Whether the last piece ended in CR: an LF that follows belongs to it. */
  #afterReturn = false

  /** Whether more of the paste is to come. */
  get open(): boolean {
    return this.#open
  }

  /** Whether some text waits to be taken. */
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
   * Puts all of the text into a line; with `lines` only its first line, which ends the line. What
   * follows a piece that did not fit is left out too. A paste that is too long is refused before it
   * is over. Its end may have been lost, and then nothing that is typed is shown for a while
   * (`PASTE_MS`).
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

  /** Drops the text that waits. */
  forget(): void {
    this.#waiting = ''
  }
}

/** The effect of a paste on a line. */
export interface Pasted {
  readonly effect: Effect
  /** Whether a line end came with it. */
  readonly ended: boolean
  /** The sentence that refuses a paste that does not fit. */
  readonly refusal?: string
}
