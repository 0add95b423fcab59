import type { Key } from '../../terminal/key.ts'
import { CandidateList } from './candidate-list.ts'
import type { ListStep } from './candidate-list.ts'
import { commonPrefix } from './completion.ts'
import type { Completion, CompletionAction } from './completion.ts'
import type { LineEditor } from './editor.ts'
import type { Screen } from './screen.ts'
import { isThenable } from '../../core/async/thenable.ts'

/** A line that can be completed, as its reader is given it. */
export interface Completable {
  readonly editor: LineEditor
  /**
   * Answers what could stand at the cursor; the signal fires when the user has gone on, and nobody
   * waits for the answer any more.
   */
  complete?(line: string, cursor: number, signal: AbortSignal): Completion | Promise<Completion>
}

/**
 * Completion of one line, as Readline does it: `complete` goes as far as the candidates agree, and
 * lists them when it is pressed again and nothing has come of it; `menu-complete` puts one after
 * another in.
 *
 * A completer may take its time. What it answers after the user has gone on is dropped; one that
 * throws, or answers nothing, costs a bell.
 */
export class Completing {
  readonly #screen: Screen
  readonly #request: Completable
  /** The line has changed in its own time, not in that of a key. */
  readonly #changed: () => void
  #pending: AbortController | undefined
  /** `complete` was the last key, and has not changed anything. */
  #stuck = false
  #menu: MenuCompletion | undefined
  #list: CandidateList | undefined

  constructor(request: Completable, screen: Screen, changed: () => void) {
    this.#request = request
    this.#screen = screen
    this.#changed = changed
  }

  /** What stands in the place of the line while a list is shown. */
  get prompt(): string | undefined {
    return this.#list?.prompt
  }

  /** Takes a key, or a character, in the line's place, while a list is shown. */
  press(key: Key): ListStep {
    const step = this.#list?.press(key) ?? 'over'
    if (step === 'over') this.#list = undefined
    return step
  }

  /** The user does something else. */
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

  /** A blank, or what else separates words, follows the only candidate, at the end of the line. */
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
   * The first of the texts is what the user had typed: it comes again between the last and the
   * first candidate, with a bell.
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
