import { BoundaryCache } from '../../terminal/grapheme.ts'
import type { Action, Editing } from '../modes/editing.ts'
import type { Effect } from '../modes/effect.ts'
import type { Line } from '../line/line.ts'
import { CharacterSearchMode } from '../modes/character.ts'
import { backwardWord, forwardWord } from '../line/words.ts'

/** Actions that move the cursor or the mark. */
export type MovementName =
  | 'beginning-of-line'
  | 'end-of-line'
  | 'forward-char'
  | 'backward-char'
  | 'forward-word'
  | 'backward-word'
  | 'character-search'
  | 'character-search-backward'
  | 'set-mark'
  | 'exchange-point-and-mark'

export const MOVEMENTS: Readonly<Record<MovementName, Action>> = {
  'beginning-of-line': ({ line }) => moveTo(line, 0),
  'end-of-line': ({ line }) => moveTo(line, line.text.length),
  'forward-char': ({ line, count }) => moveChars(line, count),
  'backward-char': ({ line, count }) => moveChars(line, -count),
  'forward-word': ({ line, count }) => moveTo(line, wordsAway(line, count)),
  'backward-word': ({ line, count }) => moveTo(line, wordsAway(line, -count)),
  'character-search': editing => searchCharacter(editing, 1),
  'character-search-backward': editing => searchCharacter(editing, -1),
  'set-mark': ({ line, explicit, count }) => {
    line.mark = explicit ? count : line.cursor
    return 'none'
  },
  'exchange-point-and-mark': ({ line }) => {
    const { mark, cursor } = line
    line.mark = cursor
    return moveTo(line, mark)
  },
}

/** Returns the index `count` words from another, or from the cursor. */
export function wordsAway(line: Line, count: number, from: number = line.cursor): number {
  const { text, boundaries = new BoundaryCache() } = line
  let at = from
  for (let left = count; left > 0 && at < text.length; left--) at = forwardWord(text, at, boundaries)
  for (let left = count; left < 0 && at > 0; left++) at = backwardWord(text, at, boundaries)
  return at
}

function moveTo(line: Line, index: number): Effect {
  if (index === line.cursor) return 'none'
  line.moveTo(index)
  return 'edit'
}

/**
 * Moves the cursor, and rings if there is nothing to move over. Backward, as Readline does, it also
 * rings if it moved less than the argument.
 */
function moveChars(line: Line, count: number): Effect {
  const from = line.cursor
  const to = line.step(from, count)
  const short = count < 0 ? line.step(to, -count) !== from : count > 0 && to === from
  const effect = moveTo(line, to)
  return short ? 'bell' : effect
}

function searchCharacter(editing: Editing, direction: 1 | -1): Effect {
  editing.mode = new CharacterSearchMode(editing, direction)
  return 'none'
}
