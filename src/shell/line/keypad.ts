import type { Effect } from '../../editor/editor.ts'
import type { Key } from '../../terminal/key.ts'
import type { LineEditor } from './editor.ts'

/**
 * Stands in an editor's place where single keys are the answer: in menus, and after a screenful.
 * `press` is given each key, a character as itself, and answers what it comes to. Where the peer's
 * side edits, whole lines come, as text and Enter.
 */
export abstract class Keypad implements LineEditor {
  readonly cursor: number = 0
  readonly prompt: undefined
  readonly maxLength: number = 0
  readonly overflowed: boolean = false
  /** What was typed behind the answer: it is for whoever reads next. */
  unread = ''

  /** What stands behind the prompt. */
  get text(): string {
    return ''
  }

  /** `none`: nothing has changed; `edit`: the picture has; `accept`: that is the answer. */
  protected abstract press(key: Key): 'none' | 'edit' | 'accept'

  begin(): void {}

  insert(run: string): Effect {
    let effect: Effect = 'none'
    let taken = 0
    this.unread = ''
    for (const character of run) {
      taken += character.length
      const each = this.press(character)
      if (each !== 'none') effect = each
      if (each === 'accept') break
    }
    this.unread = run.slice(taken)
    return effect
  }

  key(key: Key): Effect {
    return ENDINGS[key] ?? this.press(key)
  }

  paste(): Effect {
    return 'none'
  }

  replace(): Effect {
    return 'none'
  }
}

const ENDINGS: Readonly<Record<string, Effect>> = { 'C-c': 'interrupt', 'C-d': 'end-of-file' }
