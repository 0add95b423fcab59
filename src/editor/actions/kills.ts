import { BoundaryCache } from '../../terminal/grapheme.ts'
import type { Action, Editing } from '../modes/editing.ts'
import type { Effect } from '../modes/effect.ts'
import type { KillDirection } from '../line/kill-ring.ts'
import { wordsAway } from './movements.ts'
import { backwardBlankWord, backwardPathPart } from '../line/words.ts'

/** Actions that kill into the ring, copy into it, or yank from it. */
export type KillName =
  | 'kill-line'
  | 'backward-kill-line'
  | 'unix-line-discard'
  | 'kill-whole-line'
  | 'kill-word'
  | 'backward-kill-word'
  | 'unix-word-rubout'
  | 'unix-filename-rubout'
  | 'kill-region'
  | 'copy-region-as-kill'
  | 'copy-forward-word'
  | 'copy-backward-word'
  | 'yank'
  | 'yank-pop'

export const KILLS: Readonly<Record<KillName, Action>> = {
  'kill-line': editing => killLine(editing, editing.count),
  'backward-kill-line': editing => killLine(editing, -editing.count),
  'unix-line-discard': editing => (editing.line.cursor === 0 ? 'bell' : kill(editing, 0)),
  'kill-whole-line': editing => killRange(editing, 0, editing.line.text.length),
  'kill-word': editing => kill(editing, wordsAway(editing.line, editing.count)),
  'backward-kill-word': editing => kill(editing, wordsAway(editing.line, -editing.count)),
  'unix-word-rubout': editing => rubOut(editing, backwardBlankWord),
  'unix-filename-rubout': editing => rubOut(editing, backwardPathPart),
  'kill-region': editing => kill(editing, editing.line.mark),
  'copy-region-as-kill': editing => copy(editing, editing.line.cursor, editing.line.mark),
  'copy-forward-word': editing => copyWords(editing, editing.count),
  'copy-backward-word': editing => copyWords(editing, -editing.count),
  yank: editing => {
    const { kills, line } = editing
    if (kills.current === undefined) return 'bell'
    line.mark = line.cursor
    return editing.insertWhole(kills.current)
  },
  'yank-pop': yankPop,
}

/**
 * Kills the text between two indices. A backward kill goes before the text of the kill just before
 * it.
 */
export function killRange({ line, kills }: Editing, from: number, to: number): Effect {
  if (from === to) return 'none'
  kills.push(line.delete(from, to), direction(from, to))
  line.mark = line.cursor
  return 'edit'
}

function kill(editing: Editing, to: number): Effect {
  return killRange(editing, editing.line.cursor, to)
}

/** Kills to the end of the line. A numeric argument only reverses the direction. */
function killLine(editing: Editing, count: number): Effect {
  if (count < 0 && editing.line.cursor === 0) return 'bell'
  return kill(editing, count < 0 ? 0 : editing.line.text.length)
}

function rubOut(editing: Editing, backward: typeof backwardBlankWord): Effect {
  const { line, count } = editing
  if (line.cursor === 0) return 'bell'
  const { text, boundaries = new BoundaryCache() } = line
  let start = line.cursor
  for (let left = count; left > 0 && start > 0; left--) start = backward(text, start, boundaries)
  return kill(editing, start)
}

function copy({ line, kills }: Editing, from: number, to: number): Effect {
  if (from !== to) kills.push(line.slice(from, to), direction(from, to))
  return 'none'
}

/** Copies whole words, even if the cursor is within one. */
function copyWords(editing: Editing, count: number): Effect {
  const far = wordsAway(editing.line, count)
  return copy(editing, wordsAway(editing.line, -count, far), far)
}

function direction(from: number, to: number): KillDirection {
  return from < to ? 'forward' : 'backward'
}

/** Replaces the yanked text: only right after a yank, and only while the cursor is behind it. */
function yankPop(editing: Editing): Effect {
  const { kills, line, previous } = editing
  const yanked = kills.current
  if ((previous !== 'yank' && previous !== 'yank-pop') || yanked === undefined) return 'bell'
  const start = line.cursor - yanked.length
  if (start < 0 || !line.text.startsWith(yanked, start)) return 'bell'
  line.delete(start, line.cursor)
  kills.rotate()
  line.mark = line.cursor
  return editing.insertWhole(kills.current!)
}
