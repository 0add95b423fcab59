import type { Effect } from '../../editor/editor.ts'
import type { CompletionAction } from './completion.ts'

/** Does what a key comes to. Each answers whether the line goes on. */
export interface EffectDoer {
  changed(): boolean
  accepted(): boolean
  abandoned(): boolean
  ended(): boolean
  rung(): boolean
  cleared(): boolean
  redrawn(): boolean
  completed(action: CompletionAction): boolean
}

/** What each effect of a key comes to for the reader of a line. */
export const EFFECTS: Readonly<Record<Effect, (reader: EffectDoer) => boolean>> = {
  none: () => true,
  append: reader => reader.changed(),
  edit: reader => reader.changed(),
  accept: reader => reader.accepted(),
  interrupt: reader => reader.abandoned(),
  'end-of-file': reader => reader.ended(),
  bell: reader => reader.rung(),
  complete: reader => reader.completed('complete'),
  'possible-completions': reader => reader.completed('possible-completions'),
  'insert-completions': reader => reader.completed('insert-completions'),
  'menu-complete': reader => reader.completed('menu-complete'),
  'menu-complete-backward': reader => reader.completed('menu-complete-backward'),
  'clear-screen': reader => reader.cleared(),
  'clear-display': reader => reader.cleared(),
  redraw: reader => reader.redrawn(),
}

export const COMPLETIONS: ReadonlySet<Effect> = new Set<CompletionAction>([
  'complete',
  'possible-completions',
  'insert-completions',
  'menu-complete',
  'menu-complete-backward',
])
