import { previousBoundary } from '../../terminal/grapheme.ts'
import { boundaryFrom } from '../line/line.ts'
import { wordAt } from '../line/words.ts'

/** What an incremental search walks through. Line `end` is the newest, and may be unfinished. */
export interface SearchLines {
  text(index: number): string | undefined
  readonly end: number
}

export type SearchDirection = 1 | -1

/**
 * Readline's incremental search: the string grows, and the match moves from where it is. `again`
 * goes on to the next match, skipping copies of the line just found. Each method returns whether
 * the string was found. After an erasure the search continues from the current match: it does not
 * return to an earlier one.
 */
export class IncrementalSearch {
  readonly #lines: SearchLines
  #query = ''
  #direction: SearchDirection
  #line: number
  #index: number
  #found: SearchMatch
  #failed = false

  constructor(lines: SearchLines, line: number, cursor: number, direction: SearchDirection) {
    this.#lines = lines
    this.#line = line
    this.#index = cursor
    this.#direction = direction
    this.#found = { line, cursor, text: lines.text(line) ?? '' }
  }

  get query(): string {
    return this.#query
  }

  /** The last match, or where the search began. */
  get found(): SearchMatch {
    return this.#found
  }

  /**
   * Where the search ends. If it has failed, that is the edge of the last match's line towards
   * which it searched.
   */
  get end(): SearchMatch {
    if (!this.#failed) return this.#found
    return { ...this.#found, cursor: this.#direction < 0 ? 0 : this.#found.text.length }
  }

  /** The prompt, in Readline's words. */
  get prompt(): string {
    const failed = this.#failed ? 'failed ' : ''
    const reverse = this.#direction < 0 ? 'reverse-' : ''
    return `(${failed}${reverse}i-search)\`${this.#query}': `
  }

  /** Adds to the string; refuses text that would make it too long. */
  add(text: string): boolean {
    if (this.#query.length + text.length > MAX_QUERY_CHARS) return false
    this.#query += text
    return this.#failed ? false : this.#search()
  }

  /** Erases the last character of the string. */
  erase(): boolean {
    if (this.#query === '') return false
    this.#query = this.#query.slice(0, previousBoundary(this.#query, this.#query.length))
    return this.#query !== '' && this.#search()
  }

  /**
   * Goes to the next match in a direction; reversing the direction finds the current match again.
   * An empty string becomes `former`.
   */
  again(direction: SearchDirection, former: string): boolean {
    if (this.#query === '') this.#query = former
    else if (direction === this.#direction) this.#index += direction
    this.#direction = direction
    return this.#query === '' || this.#search()
  }

  /** Adds the rest of the word that holds the match. */
  addWord(): boolean {
    const word = wordAt(this.end.text, this.#behind)
    return word !== '' && this.add(word)
  }

  /** Adds the rest of the line. */
  addLine(): boolean {
    return this.add(this.end.text.slice(this.#behind))
  }

  /** The index behind the match; without a match, behind a text of the same length. */
  get #behind(): number {
    const { text, cursor } = this.end
    return boundaryFrom(text, Math.min(text.length, cursor + this.#query.length))
  }

  #search(): boolean {
    const match = this.#inLine() ?? this.#inOthers()
    this.#failed = match === undefined
    this.#found = match ?? this.#found
    this.#line = this.#found.line
    this.#index = match?.cursor ?? (this.#direction < 0 ? -1 : this.#found.text.length + 1)
    return !this.#failed
  }

  #inLine(): SearchMatch | undefined {
    return this.#index < 0 ? undefined : this.#match(this.#line, this.#index)
  }

  #inOthers(): SearchMatch | undefined {
    const { text: seen } = this.#found
    for (let line = this.#line + this.#direction; line >= 0 && line <= this.#lines.end; line += this.#direction) {
      if (this.#lines.text(line) === seen) continue
      const match = this.#match(line, this.#direction < 0 ? Infinity : 0)
      if (match !== undefined) return match
    }
    return undefined
  }

  #match(line: number, from: number): SearchMatch | undefined {
    const text = this.#lines.text(line) ?? ''
    // A forward search is quick for any text. A backward one costs the product of the lengths: 40
    // ms for `aaa…ab` in 512 KiB of `a`.
    if (!text.includes(this.#query)) return undefined
    const cursor = this.#direction < 0 ? text.lastIndexOf(this.#query, from) : text.indexOf(this.#query, from)
    return cursor < 0 ? undefined : { line, cursor, text }
  }
}

export interface SearchMatch {
  readonly line: number
  readonly cursor: number
  readonly text: string
}

/** In UTF-16 units. Each added character may walk through the whole history. */
export const MAX_QUERY_CHARS = 256
