import type { BoundaryCache } from '../../terminal/grapheme.ts'
import { Line } from '../line/line.ts'
import type { HistoryEntries } from './entries.ts'

/**
 * Walks through a history while a line is edited. Every changed entry, and the unfinished line,
 * stay as they were left, each with its own undo list, until the next line begins. Readline keeps
 * changed entries for ever unless `revert-all-at-newline` is on. Here it is always on, since a
 * history may be shared.
 */
export class Recall {
  readonly #entries: HistoryEntries
  /** The lines that were changed or left, by position. Mostly there are none. */
  #lines: Map<number, Line> | undefined
  #position = 0
  #end = 0
  #next: { readonly index: number; readonly text: string | undefined } | undefined

  /** Boundaries of the line that is edited. Absent for a secret. */
  readonly #boundaries: BoundaryCache | undefined

  /** The line at the current position. */
  line: Line

  constructor(entries: HistoryEntries, boundaries?: BoundaryCache) {
    this.#entries = entries
    this.#boundaries = boundaries
    this.line = new Line('', boundaries)
  }

  /** 0 is the oldest entry, `end` the unfinished line. */
  get position(): number {
    return this.#position
  }

  get end(): number {
    return this.#end
  }

  /** Begins a new line: an empty one, or the entry that `chooseNext` has chosen. */
  begin(): void {
    this.#lines = undefined
    this.#position = this.#end = this.#entries.length
    this.#boundaries?.keep('', [])
    this.line = new Line('', this.#boundaries)
    if (this.#next !== undefined) this.goTo(this.#chosen(this.#next))
    this.#next = undefined
  }

  /** Lets the next line begin with the entry after this one: `operate-and-get-next`. */
  chooseNext(): void {
    const index = this.#position + 1
    this.#next = { index, text: index < this.#end ? this.#entries[index] : undefined }
  }

  /** Returns the text of an entry, as it was left. */
  text(index: number): string | undefined {
    if (index === this.#position) return this.line.text
    return this.#lines?.get(index)?.text ?? (index < this.#end ? this.#entries[index] : undefined)
  }

  /**
   * Goes to an entry, with the cursor at its end. Returns `false`, and changes nothing, if there is
   * none.
   */
  goTo(index: number): boolean {
    const text = this.text(index)
    if (text === undefined || index === this.#position) return text !== undefined
    if (this.#position === this.#end || !this.line.pristine) (this.#lines ??= new Map()).set(this.#position, this.line)
    this.line = this.#lines?.get(index) ?? new Line(text, this.#boundaries)
    this.line.moveTo(text.length)
    this.#position = index
    return true
  }

  /**
   * Returns the position of the chosen entry. It was chosen before the line was added to the
   * history, which may have evicted entries since.
   */
  #chosen({ index, text }: { index: number; text: string | undefined }): number {
    return text === undefined ? index : this.#entries.lastIndexOf(text, index)
  }
}
