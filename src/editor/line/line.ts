import { BoundaryCache, nextBoundary, previousBoundary } from '../../terminal/grapheme.ts'
import { UndoList } from './undo.ts'

/**
 * The line being edited: text, cursor, mark and undo list. Indices are UTF-16 units. The cursor is
 * always at the boundary of a grapheme cluster, even if an edit has joined two clusters.
 */
export class Line {
  /** Written here alone, and so is `cursor`. */
  text: string
  cursor: number
  #mark = 0
  /** Created at the first change: most sessions wait at an empty line. */
  #undo: UndoList | undefined
  /** Boundaries for walks over the text. Absent for a secret. */
  readonly boundaries: BoundaryCache | undefined

  constructor(text = '', boundaries?: BoundaryCache) {
    this.text = text
    this.cursor = text.length
    this.boundaries = boundaries
  }

  /**
   * The other end of the region. It keeps its index when text before it changes, and is read as a
   * boundary within the text.
   */
  get mark(): number {
    return boundaryFrom(this.text, Math.min(this.#mark, this.text.length), this.boundaries)
  }

  set mark(index: number) {
    this.#mark = Math.max(0, index)
  }

  get atEnd(): boolean {
    return this.cursor === this.text.length
  }

  /** Whether there is nothing to undo. */
  get pristine(): boolean {
    return this.#undo?.empty ?? true
  }

  /** Whether the line is empty, and always was. */
  get untouched(): boolean {
    return this.text === '' && this.pristine
  }

  /** Puts a text into an untouched line, without an undo step. */
  fill(text: string): void {
    this.text = text
    this.cursor = text.length
  }

  /** Moves the cursor; an index within a cluster means its end. */
  moveTo(index: number): void {
    this.cursor = boundaryFrom(this.text, Math.max(0, Math.min(index, this.text.length)), this.boundaries)
  }

  /**
   * Returns the boundary `count` clusters away from `index`, or the end of the line on that side.
   */
  step(index: number, count: number): number {
    const cache = this.boundaries ?? new BoundaryCache()
    let at = index
    for (let left = count; left > 0 && at < this.text.length; left--) at = nextBoundary(this.text, at, cache)
    for (let left = count; left < 0 && at > 0; left++) at = previousBoundary(this.text, at, cache)
    return at
  }

  /**
   * Returns a copy of the text between two indices, in either order. A mere slice would keep the
   * whole line in memory.
   */
  slice(from: number, to: number): string {
    return ` ${this.text.slice(Math.min(from, to), Math.max(from, to))}`.slice(1)
  }

  /** Inserts typed text; it may join the undo step before it. */
  type(text: string): void {
    this.#undo ??= new UndoList()
    this.#undo.typed(text, this.cursor)
    this.#splice(this.cursor, this.cursor, text)
  }

  /**
   * Inserts text at the cursor as an undo step of its own. If it `continues`, it is a part of the
   * step before it.
   */
  insert(text: string, continues: boolean = false): void {
    if (text === '') return
    this.#done.inserted(this.cursor, this.cursor + text.length, continues)
    this.#splice(this.cursor, this.cursor, text)
  }

  /**
   * Deletes the text between two indices, in either order, leaves the cursor there, and returns the
   * text.
   */
  delete(from: number, to: number): string {
    const start = Math.min(from, to)
    const text = this.slice(from, to)
    if (text === '') return text
    this.#done.deleted(text, start)
    this.#splice(start, start + text.length, '')
    return text
  }

  /** Replaces the text between two indices, as one undo step, with the cursor after it. */
  replace(start: number, end: number, text: string): void {
    this.group(() => {
      this.delete(start, end)
      if (text === '') return this.moveTo(start)
      this.cursor = start
      this.insert(text)
    })
  }

  /** Makes one undo step of everything that `change` does. */
  group(change: () => void): void {
    this.#done.group(change)
  }

  /** Undoes the newest step; returns `false` if there is none. */
  undo(): boolean {
    const step = this.#done.take()
    for (const { start, end, deleted } of step) this.#splice(start, end, deleted ?? '')
    return step.length > 0
  }

  get #done(): UndoList {
    return (this.#undo ??= new UndoList())
  }

  /** Replaces text, and leaves the cursor behind the new text. */
  #splice(start: number, end: number, text: string): void {
    const atEnd = end === this.text.length
    this.text = atEnd
      ? start === end
        ? this.text + text
        : this.text.slice(0, start) + text
      : this.text.slice(0, start) + text + this.text.slice(end)
    this.cursor = atEnd ? this.text.length : boundaryFrom(this.text, start + text.length, this.boundaries)
  }
}

/**
 * Returns the boundary of a grapheme cluster at `index`, or the end of the cluster that holds it.
 */
export function boundaryFrom(text: string, index: number, cache?: BoundaryCache): number {
  if (index === 0 || index >= text.length) return index
  const after = text.charCodeAt(index)
  if (after < PLAIN_LIMIT && after !== 0x0a && text.charCodeAt(index - 1) < PLAIN_LIMIT) return index
  return nextBoundary(text, previousBoundary(text, index, cache), cache)
}

/** Below U+0300 no character joins its neighbour, except LF its CR. */
const PLAIN_LIMIT = 0x300
