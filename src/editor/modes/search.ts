import { previousBoundary } from '../../terminal/grapheme.ts'
import type { Key } from '../../terminal/key.ts'
import type { Effect } from './effect.ts'
import type { Editing, Mode } from './editing.ts'
import { boundaryFrom } from '../line/line.ts'
import { IncrementalSearch, MAX_QUERY_CHARS, type SearchDirection } from '../history/search.ts'
import { searchHistory } from './history-search.ts'
import { backwardBlankWord } from '../line/words.ts'

/**
 * Incremental search in the history (`reverse-search-history`, `forward-search-history`). The line
 * itself does not change until the search ends. `C-j` and Escape stay at the match; `abort` goes
 * back. Any other key stays at the match and is then handled.
 */
export class IncrementalSearchMode implements Mode {
  readonly #editing: Editing
  readonly #search: IncrementalSearch

  constructor(editing: Editing, direction: SearchDirection) {
    const { recall, line } = editing
    this.#editing = editing
    this.#search = new IncrementalSearch(recall, recall.position, line.cursor, direction)
  }

  get shown(): { text: string; cursor: number } {
    const { text, cursor } = this.#search.found
    return { text, cursor: boundaryFrom(text, cursor) }
  }

  get prompt(): string {
    return this.#search.prompt
  }

  type(character: string): Effect {
    return effectOf(this.#search.add(character))
  }

  key(key: Key): Effect | undefined {
    const name = TERMINATORS.has(key) ? undefined : this.#editing.keyMap.find(key)
    switch (name) {
      case 'reverse-search-history':
        return effectOf(this.#search.again(-1, this.#former))
      case 'forward-search-history':
        return effectOf(this.#search.again(1, this.#former))
      case 'backward-delete-char':
        return effectOf(this.#search.erase())
      case 'unix-word-rubout':
        return effectOf(this.#search.addWord())
      case 'yank':
        return effectOf(this.#search.addLine())
      case 'abort':
        this.#editing.mode = undefined
        return 'edit'
      default:
        this.#end()
        return TERMINATORS.has(key) ? 'edit' : undefined
    }
  }

  paste(text: string): Effect {
    return effectOf(this.#search.add(text))
  }

  get #former(): string {
    return this.#editing.memory.incremental ?? ''
  }

  #end(): void {
    const editing = this.#editing
    const { query, end } = this.#search
    editing.mode = undefined
    if (query !== '') editing.memory.incremental = query
    editing.recall.goTo(end.line)
    editing.line.moveTo(end.cursor)
  }
}

/** Readline's `isearch-terminators`. */
const TERMINATORS: ReadonlySet<Key> = new Set(['C-j', 'Escape'])

function effectOf(success: boolean): Effect {
  return success ? 'edit' : 'bell'
}

/**
 * A search whose whole string is typed first (`non-incremental-reverse-search-history` and
 * forward). The string follows a colon. `^` at its beginning means the beginning of the line; an
 * empty string repeats the last one.
 */
export class NonIncrementalSearchMode implements Mode {
  readonly prompt: string = ':'
  readonly #editing: Editing
  readonly #direction: SearchDirection
  #query = ''

  constructor(editing: Editing, direction: SearchDirection) {
    this.#editing = editing
    this.#direction = direction
  }

  get shown(): { text: string; cursor: number } {
    return { text: this.#query, cursor: this.#query.length }
  }

  type(character: string): Effect {
    return this.paste(character)
  }

  key(key: Key): Effect {
    switch (this.#editing.keyMap.find(key)) {
      case 'accept-line':
        return this.#accept()
      case 'backward-delete-char':
        return this.#query === '' ? this.#end('edit') : this.#cut(previousBoundary(this.#query, this.#query.length))
      case 'unix-word-rubout':
        return this.#cut(backwardBlankWord(this.#query, this.#query.length))
      case 'unix-line-discard':
        return this.#cut(0)
      case 'abort':
        return this.#end('bell')
      case 'interrupt':
        return this.#end('interrupt')
      default:
        return 'bell'
    }
  }

  paste(text: string): Effect {
    if (this.#query.length + text.length > MAX_QUERY_CHARS) return 'bell'
    this.#query += text
    return 'edit'
  }

  #cut(length: number): Effect {
    this.#query = this.#query.slice(0, length)
    return 'edit'
  }

  #accept(): Effect {
    const { memory, recall } = this.#editing
    if (this.#query !== '') memory.nonIncremental = { query: this.#query, position: recall.position }
    return this.#end(memory.nonIncremental === undefined ? 'bell' : searchHistory(this.#editing, this.#direction))
  }

  #end(effect: Effect): Effect {
    this.#editing.mode = undefined
    return effect
  }
}
