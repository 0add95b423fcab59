import type { Key } from '../../terminal/key.ts'
import { CandidateList } from './candidate-list.ts'
import type { ListStep } from './candidate-list.ts'
import { commonPrefix } from './completion.ts'
import type { Completion, CompletionAction } from './completion.ts'
import type { LineEditor } from './editor.ts'
import type { Screen } from './screen.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** A line that can be completed, as its reader receives it. */
export interface Completable {
  readonly editor: LineEditor
  /**
   * Returns the candidates at the cursor. The signal fires when the user continues, and the answer
   * is no longer needed.
   */
  complete?(line: string, cursor: number, signal: AbortSignal): Completion | Promise<Completion>
}

/**
 * Completes one line, as Readline does. `complete` inserts what the candidates have in common.
 * Pressed again without effect, it lists them. `menu-complete` inserts one after another.
 *
 * A completer may be slow: what it returns after the user has continued is dropped. If it throws,
 * or returns nothing, the bell rings.
 */
export class Completing {
  readonly #screen: Screen
  readonly #request: Completable
  /** Called when a late completion, and not a key, has changed the line. */
  readonly #changed: () => void
  #pending: AbortController | undefined
  /** Whether `complete` was the last key, and has not changed anything. */
  #stuck = false
  #menu: MenuCompletion | undefined
  #list: CandidateList | undefined

  constructor(request: Completable, screen: Screen, changed: () => void) {
    this.#request = request
    this.#screen = screen
    this.#changed = changed
  }

  /** The prompt that replaces the line while a list is shown. */
  get prompt(): string | undefined {
    return this.#list?.prompt
  }

  /** Takes a key, or a character, instead of the line, while a list is shown. */
  press(key: Key): ListStep {
    const step = this.#list?.press(key) ?? 'over'
    if (step === 'over') this.#list = undefined
    return step
  }

  /** Ends the completion, because the user does something else. */
  leave(): void {
    this.#stuck = false
    this.#menu = undefined
    this.#pending?.abort()
    this.#pending = undefined
  }

  do(action: CompletionAction): void {
    const menu = this.#menu
    const again = this.#stuck
    this.leave()
    if (menu !== undefined && action.startsWith('menu')) return this.#turn(menu, action)
    const pending = new AbortController()
    this.#pending = pending
    const completion = this.#ask(pending.signal)
    if (!isThenable(completion)) return this.#apply(action, again, completion)
    void Promise.resolve(completion)
      .catch(() => undefined)
      .then(late => {
        if (this.#pending !== pending) return
        this.#apply(action, again, late)
        this.#changed()
      })
  }

  get #editor(): LineEditor {
    return this.#request.editor
  }

  #ask(signal: AbortSignal): Completion | Promise<Completion> | undefined {
    try {
      const { text, cursor } = this.#editor
      return this.#request.complete?.(text, cursor, signal)
    } catch {
      return undefined
    }
  }

  #apply(action: CompletionAction, again: boolean, completion: Completion | undefined): void {
    this.#pending = undefined
    if (completion === undefined || completion.candidates.length === 0) this.#screen.bell()
    else if (action === 'complete' && !again) this.#complete(completion)
    else if (action === 'insert-completions') this.#insertAll(completion)
    else if (action.startsWith('menu')) this.#begin(completion, action)
    else this.#show(completion)
  }

  /**
   * Inserts what the candidates have in common. At the end of the line, the separator, a blank by
   * default, follows an only candidate.
   */
  #complete({ start, end, candidates, separator = ' ' }: Completion): void {
    const before = this.#editor.text
    const only = candidates.length === 1
    const common = commonPrefix(candidates)
    const text = only && end === before.length ? common + separator : common
    if (only || common.length >= end - start) this.#editor.replace(start, end, text)
    if (!only) this.#screen.bell()
    this.#stuck = this.#editor.text === before
  }

  #show({ candidates }: Completion): void {
    const list = new CandidateList(candidates, this.#screen)
    if (list.prompt !== undefined) this.#list = list
  }

  #insertAll({ start, end, candidates, separator = ' ' }: Completion): void {
    const effect = this.#editor.replace(start, end, candidates.map(({ text }) => text + separator).join(''))
    if (effect === 'bell') this.#screen.bell()
  }

  #begin(completion: Completion, action: CompletionAction): void {
    if (completion.candidates.length === 1) return this.#complete(completion)
    const { start, end, candidates } = completion
    const texts = [this.#editor.text.slice(start, end), ...candidates.map(({ text }) => text)]
    this.#turn({ texts, start, index: 0 }, action)
  }

  /**
   * Replaces the word with the next text of the menu. The first text is what the user had typed. It
   * appears between the last and the first candidate, with a bell.
   */
  #turn(menu: MenuCompletion, action: CompletionAction): void {
    const { texts, start } = menu
    const way = action === 'menu-complete' ? 1 : -1
    const index = (menu.index + way + texts.length) % texts.length
    this.#editor.replace(start, start + texts[menu.index]!.length, texts[index]!)
    if (index === 0) this.#screen.bell()
    this.#menu = { texts, start, index }
  }
}

interface MenuCompletion {
  readonly texts: readonly string[]
  readonly start: number
  readonly index: number
}
