import type { Effect } from '../../editor/editor.ts'
import type { Key } from '../../terminal/key.ts'
import type { LineEditor } from './editor.ts'

/**
 * Replaces an editor where single keys are the answer: in menus, and after a screenful. `press`
 * receives each key, a character as itself, and returns its effect. If the peer's side edits, whole
 * lines arrive, as text and Enter.
 */
export abstract class Keypad implements LineEditor {
  readonly cursor: number = 0
  readonly prompt: undefined
  readonly maxLength: number = 0
  readonly overflowed: boolean = false
  /** What was typed behind the answer, for the next reader. */
  unread = ''

  /** The text behind the prompt. */
  get text(): string {
    return ''
  }

  /**
   * Takes a key. Returns `none` if nothing has changed, `edit` if the picture has, and `accept` if
   * the key is the answer.
   */
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
