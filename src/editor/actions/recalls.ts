import type { Action, Editing } from '../modes/editing.ts'
import type { Effect } from '../modes/effect.ts'
import { searchByLine, searchHistory } from '../modes/history-search.ts'
import type { SearchDirection } from '../history/search.ts'
import { IncrementalSearchMode, NonIncrementalSearchMode } from '../modes/search.ts'
import { quotedWords } from '../line/words.ts'

/** Actions that recall history entries. */
export type RecallName =
  | 'previous-history'
  | 'next-history'
  | 'beginning-of-history'
  | 'end-of-history'
  | 'fetch-history'
  | 'operate-and-get-next'
  | 'reverse-search-history'
  | 'forward-search-history'
  | 'history-search-backward'
  | 'history-search-forward'
  | 'history-substring-search-backward'
  | 'history-substring-search-forward'
  | 'non-incremental-reverse-search-history'
  | 'non-incremental-forward-search-history'
  | 'non-incremental-reverse-search-history-again'
  | 'non-incremental-forward-search-history-again'
  | 'yank-last-arg'
  | 'yank-nth-arg'

export const RECALLS: Readonly<Record<RecallName, Action>> = {
  'previous-history': editing => walk(editing, -editing.count),
  'next-history': editing => walk(editing, editing.count),
  'beginning-of-history': editing => goTo(editing, 0),
  'end-of-history': editing => goTo(editing, editing.recall.end),
  'fetch-history': fetchHistory,
  'operate-and-get-next': ({ recall }) => {
    recall.chooseNext()
    return 'accept'
  },
  'reverse-search-history': editing => searchAsTyped(editing, editing.count < 0 ? 1 : -1),
  'forward-search-history': editing => searchAsTyped(editing, editing.count < 0 ? -1 : 1),
  'history-search-backward': editing => searchByLine(editing, -1, true),
  'history-search-forward': editing => searchByLine(editing, 1, true),
  'history-substring-search-backward': editing => searchByLine(editing, -1, false),
  'history-substring-search-forward': editing => searchByLine(editing, 1, false),
  'non-incremental-reverse-search-history': editing => searchWhenTyped(editing, -1),
  'non-incremental-forward-search-history': editing => searchWhenTyped(editing, 1),
  'non-incremental-reverse-search-history-again': editing => searchAgain(editing, -1),
  'non-incremental-forward-search-history-again': editing => searchAgain(editing, 1),
  'yank-last-arg': yankLastArgument,
  'yank-nth-arg': editing => (insertArgument(editing, editing.count, 0) ? 'edit' : 'bell'),
}

/** Moves through the history as far as there are entries; rings only if it cannot move at all. */
function walk(editing: Editing, count: number): Effect {
  const { recall } = editing
  return goTo(editing, Math.max(0, Math.min(recall.position + count, recall.end)))
}

function goTo({ recall }: Editing, index: number): Effect {
  if (index === recall.position) return 'bell'
  return recall.goTo(index) ? 'edit' : 'bell'
}

/** Recalls an entry by number: counted from 1, or back from the end if the argument is negative. */
function fetchHistory(editing: Editing): Effect {
  const { recall, explicit, count } = editing
  const index = count > 0 ? count - 1 : recall.end + count
  return goTo(editing, explicit && index >= 0 && index < recall.end ? index : 0)
}

function searchAsTyped(editing: Editing, direction: SearchDirection): Effect {
  editing.mode = new IncrementalSearchMode(editing, direction)
  return 'edit'
}

function searchWhenTyped(editing: Editing, direction: SearchDirection): Effect {
  editing.mode = new NonIncrementalSearchMode(editing, direction)
  return 'edit'
}

function searchAgain(editing: Editing, direction: SearchDirection): Effect {
  return editing.memory.nonIncremental === undefined ? 'bell' : searchHistory(editing, direction)
}

/**
 * Inserts the last word of the entry before this one. Pressed again, it replaces that word with the
 * last word of the next older entry. A numeric argument at the first press chooses the word; a
 * negative one later reverses the direction.
 */
function yankLastArgument(editing: Editing): Effect {
  const { memory, line, previous, explicit, count } = editing
  if (previous !== 'yank-last-arg' || memory.lastArgument === undefined) {
    memory.lastArgument = { skip: 0, direction: 1, word: explicit ? count : undefined, inserted: false }
  } else {
    if (memory.lastArgument.inserted) line.undo()
    if (count < 0) memory.lastArgument.direction = -memory.lastArgument.direction as 1 | -1
    memory.lastArgument.skip = Math.max(0, memory.lastArgument.skip + memory.lastArgument.direction)
  }
  const state = memory.lastArgument
  state.inserted = insertArgument(editing, state.word, state.skip)
  return state.inserted ? 'edit' : 'bell'
}

/**
 * Inserts a word of an entry. Words are counted from 0; −1 is the last but one, as in Readline;
 * `undefined` is the last.
 */
function insertArgument(editing: Editing, word: number | undefined, skip: number): boolean {
  const { recall, line } = editing
  const words = quotedWords(recall.text(recall.position - 1 - skip) ?? '')
  const text = word === undefined ? words.at(-1) : words[word < 0 ? words.length - 1 + word : word]
  if (text === undefined) return false
  line.mark = line.cursor
  return editing.replace(line.cursor, line.cursor, text) !== 'bell'
}
