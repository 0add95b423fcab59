import { CHANGES, type ChangeName } from './changes.ts'
import type { Action, Editing } from '../modes/editing.ts'
import type { Effect } from '../modes/effect.ts'
import { KILLS, type KillName } from './kills.ts'
import { MOVEMENTS, type MovementName } from './movements.ts'
import { RECALLS, type RecallName } from './recalls.ts'

/**
 * The actions that a key can be bound to, by GNU Readline's names (`bind -p`). Two names are our
 * own, for keys that a terminal's driver reads before Readline does: `interrupt` (C-c) and `ignore`
 * (C-z, C-\).
 *
 * Left out:
 *
 * - keyboard macros, init files and `dump-*`: programs make the key maps;
 * - movement by screen lines: the editor knows no screen;
 * - `dabbrev-expand`;
 * - `bracketed-paste-begin`: the key decoder does it;
 * - Bash's own: `shell-*`, `glob-*`, `complete-*`, `magic-space`, `edit-and-execute-command`, ….
 */
export type EditorAction = MovementName | ChangeName | KillName | RecallName | RequestName

/** Actions that the console does; the editor only reports them. */
type RequestName =
  | 'accept-line'
  | 'insert-comment'
  | 'abort'
  | 'interrupt'
  | 'ignore'
  | 'complete'
  | 'possible-completions'
  | 'insert-completions'
  | 'menu-complete'
  | 'menu-complete-backward'
  | 'clear-screen'
  | 'clear-display'
  | 'redraw-current-line'

const REQUESTS: Readonly<Record<RequestName, Action>> = {
  'accept-line': () => 'accept',
  'insert-comment': insertComment,
  abort: () => 'bell',
  interrupt: () => 'interrupt',
  ignore: () => 'none',
  complete: () => 'complete',
  'possible-completions': () => 'possible-completions',
  'insert-completions': () => 'insert-completions',
  'menu-complete': () => 'menu-complete',
  'menu-complete-backward': () => 'menu-complete-backward',
  'clear-screen': () => 'clear-screen',
  'clear-display': () => 'clear-display',
  'redraw-current-line': () => 'redraw',
}

export const ACTIONS: Readonly<Record<EditorAction, Action>> = {
  ...MOVEMENTS,
  ...CHANGES,
  ...KILLS,
  ...RECALLS,
  ...REQUESTS,
}

/**
 * Makes the line a comment and accepts it. With a numeric argument it removes the comment mark from
 * a line that has one.
 */
function insertComment(editing: Editing): Effect {
  const { line, comment, explicit } = editing
  const marked = line.text.startsWith(comment)
  const effect = explicit && marked ? editing.replace(0, comment.length, '') : editing.replace(0, 0, comment)
  return effect === 'bell' ? effect : 'accept'
}
