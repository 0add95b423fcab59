import { BoundaryCache, clusters, nextBoundary } from '../../terminal/grapheme.ts'
import type { Action, Editing } from '../modes/editing.ts'
import type { Effect } from '../modes/effect.ts'
import { killRange } from './kills.ts'
import { ArgumentMode } from '../modes/argument.ts'
import { QuotedMode } from '../modes/character.ts'
import { wordsAway } from './movements.ts'
import { backwardWord, blanksAround, forwardWord } from '../line/words.ts'

/** Actions that change the text, undo, and set the numeric argument. */
export type ChangeName =
  | 'delete-char'
  | 'backward-delete-char'
  | 'forward-backward-delete-char'
  | 'delete-char-or-list'
  | 'delete-horizontal-space'
  | 'transpose-chars'
  | 'transpose-words'
  | 'upcase-word'
  | 'downcase-word'
  | 'capitalize-word'
  | 'quoted-insert'
  | 'tab-insert'
  | 'overwrite-mode'
  | 'undo'
  | 'revert-line'
  | 'digit-argument'
  | 'universal-argument'

export const CHANGES: Readonly<Record<ChangeName, Action>> = {
  'delete-char': deleteChar,
  'backward-delete-char': editing => rubOut(editing, editing.count),
  'forward-backward-delete-char': editing =>
    editing.line.atEnd ? rubOut(editing, editing.count) : deleteChars(editing, editing.count),
  'delete-char-or-list': editing => (editing.line.atEnd ? 'possible-completions' : deleteChars(editing, editing.count)),
  'delete-horizontal-space': ({ line }) => {
    const [start, end] = blanksAround(line.text, line.cursor)
    return line.delete(start, end) === '' ? 'none' : 'edit'
  },
  'transpose-chars': transposeChars,
  'transpose-words': transposeWords,
  'upcase-word': editing => changeCase(editing, upper),
  'downcase-word': editing => changeCase(editing, lower),
  'capitalize-word': editing => changeCase(editing, capitalized),
  'quoted-insert': editing => {
    editing.mode = new QuotedMode(editing)
    return 'none'
  },
  'tab-insert': editing => (editing.count > 0 ? editing.insertTimes('\t', editing.count) : 'none'),
  'overwrite-mode': editing => {
    editing.overwrite = editing.explicit ? editing.count > 0 : !editing.overwrite
    return 'none'
  },
  undo: ({ line, count }) => {
    for (let left = count; left > 0; left--) if (!line.undo()) return 'bell'
    return 'edit'
  },
  'revert-line': ({ line }) => {
    if (line.pristine) return 'bell'
    while (line.undo());
    return 'edit'
  },
  'digit-argument': editing => {
    editing.mode = new ArgumentMode(editing)
    return editing.mode.type(editing.currentKey.slice(-1))
  },
  'universal-argument': editing => {
    editing.mode = new ArgumentMode(editing, editing.count * 4)
    return 'edit'
  },
}

/**
 * Deletes a character, or ends the input: `C-d` on an empty line is the end of file. After another
 * deletion it is not, so that a held-down `C-d` does not end the session. This depends on the key,
 * not on the action: `Delete` never ends the input.
 */
function deleteChar(editing: Editing): Effect {
  const { line, currentKey, previousKey } = editing
  if (line.text === '' && currentKey === 'C-d' && previousKey !== 'C-d') return 'end-of-file'
  return deleteChars(editing, editing.count)
}

/** Deletes characters; with a numeric argument it kills them. */
function deleteChars(editing: Editing, count: number): Effect {
  const { line, explicit } = editing
  if (count < 0) return rubOut(editing, -count)
  if (line.atEnd) return 'bell'
  return take(editing, line.step(line.cursor, count), explicit)
}

function rubOut(editing: Editing, count: number): Effect {
  const { line, overwrite, explicit } = editing
  if (count < 0) return deleteChars(editing, -count)
  if (line.cursor === 0) return 'bell'
  const start = line.step(line.cursor, -count)
  if (!overwrite || line.atEnd) return take(editing, start, explicit)
  line.group(() => {
    const blanks = ' '.repeat(clusters(line.text.slice(start, line.cursor)).length)
    take(editing, start, explicit)
    line.insert(blanks)
    line.moveTo(start)
  })
  return 'edit'
}

function take(editing: Editing, to: number, asKill: boolean): Effect {
  const { line } = editing
  if (asKill) return killRange(editing, line.cursor, to)
  line.delete(line.cursor, to)
  return 'edit'
}

/**
 * Drags the character before the cursor over `count` others. At the end of the line it drags the
 * last character but one over the last.
 */
function transposeChars({ line, count }: Editing): Effect {
  const point = line.atEnd ? line.step(line.cursor, -1) : line.cursor
  if (point === 0) return 'bell'
  const target = line.step(point, line.atEnd ? 1 : count)
  if (target <= point) return 'none'
  const start = line.step(point, -1)
  line.group(() => {
    const dragged = line.delete(start, point)
    line.moveTo(target - dragged.length)
    line.insert(dragged)
  })
  return 'edit'
}

/**
 * Exchanges the word at or after the cursor with the word `count` words before it, and moves behind
 * both.
 */
function transposeWords({ line, count }: Editing): Effect {
  if (count === 0) return 'none'
  const { text, boundaries } = line
  const lastEnd = wordsAway(line, count)
  const lastStart = backwardWord(text, lastEnd, boundaries)
  const firstStart = wordsAway(line, -count, lastStart)
  const firstEnd = forwardWord(text, firstStart, boundaries)
  if (firstStart === lastStart || lastStart < firstEnd) return 'bell'
  const swapped = text.slice(lastStart, lastEnd) + text.slice(firstEnd, lastStart) + text.slice(firstStart, firstEnd)
  line.replace(firstStart, lastEnd, swapped)
  return 'edit'
}

/**
 * Changes the words from the cursor to `count` words on, and moves behind them. Backward, the
 * cursor stays.
 */
function changeCase({ line, count }: Editing, change: (text: string) => string): Effect {
  const other = wordsAway(line, count)
  const [start, end] = [Math.min(line.cursor, other), Math.max(line.cursor, other)]
  if (start === end) return 'none'
  line.replace(start, end, change(line.text.slice(start, end)))
  return 'edit'
}

/**
 * Returns the text in upper case, character by character. As in Readline, a character whose upper
 * case is longer stays: `ß`.
 */
function upper(text: string): string {
  return mapCharacters(text, character => character.toUpperCase())
}
function lower(text: string): string {
  return mapCharacters(text, character => character.toLowerCase())
}
function capitalized(text: string): string {
  const cache = new BoundaryCache()
  let result = ''
  for (let at = 0; at < text.length;) {
    const end = forwardWord(text, at, cache)
    const start = Math.max(at, backwardWord(text, end, cache))
    const rest = nextBoundary(text, start, cache)
    result += text.slice(at, start) + upper(text.slice(start, rest)) + lower(text.slice(rest, end))
    at = end
  }
  return result
}
function mapCharacters(text: string, change: (character: string) => string): string {
  return text.replaceAll(/\p{L}/gu, character => {
    const changed = change(character)
    return changed.length === character.length ? changed : character
  })
}
