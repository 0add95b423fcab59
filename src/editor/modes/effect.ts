/**
 * What an input has done to the editor, and what the console is to do about it. It is a word rather
 * than an object, because every key returns one.
 *
 * - `none`: nothing to draw.
 * - `append`: the text was inserted unchanged at the end, with the cursor behind it, and nothing
 *   else changed.
 * - `edit`: text, cursor or prompt have changed.
 * - `bell`: the same with a bell; they may have changed.
 * - `accept`, `interrupt`, `end-of-file`: the line is over.
 * - The others are requests by their Readline names; `redraw` is `redraw-current-line`.
 */
export type Effect =
  | 'none'
  | 'append'
  | 'edit'
  | 'bell'
  | 'accept'
  | 'interrupt'
  | 'end-of-file'
  | 'complete'
  | 'possible-completions'
  | 'insert-completions'
  | 'menu-complete'
  | 'menu-complete-backward'
  | 'clear-screen'
  | 'clear-display'
  | 'redraw'

/**
 * Returns whether the editor can take more input at once. Any other effect must be handled first.
 */
export function isQuiet(effect: Effect): boolean {
  return effect === 'none' || effect === 'append' || effect === 'edit' || effect === 'bell'
}

/** Returns the effect of two inputs, of which the first was quiet. */
export function combined(first: Effect, second: Effect): Effect {
  if (!isQuiet(second)) return second
  if (first === 'bell' || second === 'bell') return 'bell'
  return first === 'none' && second === 'none' ? 'none' : 'edit'
}
