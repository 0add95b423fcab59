import type { Effect } from './effect.ts'
import type { Editing } from './editing.ts'
import type { SearchDirection } from '../history/search.ts'

/**
 * Searches by the text before the cursor: `history-search-backward` and its kin. It finds the
 * entries that contain that text, or (`anchored`) begin with it. The found entry becomes the text
 * of the line. As in Readline, the position in the history stays. An empty string walks instead.
 */
export function searchByLine(editing: Editing, direction: SearchDirection, anchored: boolean): Effect {
  const { line, recall, memory } = editing
  if (!CONTINUES.has(editing.previous) || memory.historySearch === undefined) {
    memory.historySearch = { query: line.text.slice(0, line.cursor), position: recall.position, found: undefined }
  }
  const search = memory.historySearch
  if (search.query === '') return recall.goTo(recall.position + direction * editing.count) ? 'edit' : 'bell'
  const way = editing.count < 0 ? (-direction as SearchDirection) : direction
  const found = nthMatch(editing, Math.abs(editing.count), way, anchored)
  if (found) showMatch(editing, anchored ? search.query.length : matchIn(search.found!, search.query, way))
  else line.moveTo(search.query.length)
  line.mark = line.text.length
  return found ? 'edit' : 'bell'
}

/**
 * Goes one match further in the non-incremental search that `memory` holds. Without a match the
 * cursor goes to the beginning.
 */
export function searchHistory(editing: Editing, direction: SearchDirection): Effect {
  const { line, recall, memory } = editing
  const search = memory.nonIncremental!
  const anchored = search.query.startsWith('^')
  const query = anchored ? search.query.slice(1) : search.query
  const index = findEntry(editing, search.position, direction, query, anchored)
  if (index === undefined) {
    line.moveTo(0)
    return 'bell'
  }
  search.position = index
  const text = recall.text(index)!
  line.replace(0, line.text.length, text)
  const start = anchored ? 0 : matchIn(text, query, direction)
  line.moveTo(start)
  line.mark = start > 0 ? start + query.length : text.length
  return 'edit'
}

const CONTINUES: ReadonlySet<string> = new Set([
  'history-search-backward',
  'history-search-forward',
  'history-substring-search-backward',
  'history-substring-search-forward',
])

/**
 * Goes `count` matches on, each different from the one before it, or as many as there are. Returns
 * `false` if there is none.
 */
function nthMatch(editing: Editing, count: number, direction: SearchDirection, anchored: boolean): boolean {
  const search = editing.memory.historySearch!
  let moved = false
  for (let left = count; left > 0;) {
    const index = findEntry(editing, search.position, direction, search.query, anchored)
    if (index === undefined) break
    search.position = index
    const text = editing.recall.text(index)
    if (text === search.found) continue
    search.found = text
    moved = true
    left--
  }
  return moved
}

function showMatch({ line, memory }: Editing, cursor: number): void {
  line.replace(0, line.text.length, memory.historySearch!.found!)
  line.moveTo(cursor)
}

function findEntry(
  { recall }: Editing,
  from: number,
  direction: SearchDirection,
  query: string,
  anchored: boolean,
): number | undefined {
  for (let index = from + direction; index >= 0 && index < recall.end; index += direction) {
    const text = recall.text(index)!
    if (anchored ? text.startsWith(query) : text.includes(query)) return index
  }
  return undefined
}

/** Returns the match in an entry: backward its last occurrence, forward its first. */
function matchIn(text: string, query: string, direction: SearchDirection): number {
  return direction < 0 ? text.lastIndexOf(query) : text.indexOf(query)
}
