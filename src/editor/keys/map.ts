import { AnswerbackError } from '../../core/errors.ts'
import { keyNamed, type Key } from '../../terminal/key.ts'
import { nearest } from '../../core/nearest.ts'
import { ACTIONS, type ActionName } from '../actions/table.ts'

/** Key sequences, keys parted by blanks, and what they do; `null` takes a binding away: `{ 'C-x C-u': 'undo', 'C-o': null }`. */
export type KeyBindings = Readonly<Record<string, ActionName | null>>

/**
 * Which action a key, or a sequence of keys, does. Immutable: `bind` answers another map. A character without modifiers can be
 * bound too, and is then no text any more, so that a command mode is only one more map.
 */
export class KeyMap {
  readonly #actions: ReadonlyMap<string, ActionName>
  readonly #prefixes: ReadonlySet<string>
  /** Some character without modifiers is bound, or begins a sequence that is. */
  readonly bindsText: boolean
  /** Enter accepts the line, and nothing else. */
  readonly entersPlainly: boolean

  constructor(bindings: KeyBindings = {}) {
    const actions = new Map<string, ActionName>()
    for (const [keys, name] of Object.entries(bindings))
      if (name !== null) actions.set(sequenceNamed(keys), known(name, keys))
    this.#actions = actions
    this.#prefixes = new Set([...actions.keys()].flatMap(prefixesOf))
    this.entersPlainly = actions.get('Enter') === 'accept-line' && !this.#prefixes.has('Enter')
    this.bindsText = [...actions.keys()].some(keys => /^(?:.|Space)(?: |$)/su.test(keys))
  }

  /**
   * The same map with other bindings besides. Throws an `AnswerbackError` (`OPTION`) for an action or a key that does not exist,
   * and names the nearest.
   */
  bind(bindings: KeyBindings): KeyMap {
    const normal = Object.entries(bindings).map(([keys, name]) => [sequenceNamed(keys), name] as const)
    return new KeyMap({ ...Object.fromEntries(this.#actions), ...Object.fromEntries(normal) })
  }

  /** What the keys are bound to. Meta or a sequence with a capital that is not bound is that with the small letter, as in Readline. */
  find(keys: string): ActionName | undefined {
    return this.#actions.get(keys) ?? this.#actions.get(inLowerCase(keys))
  }

  /** Whether the keys begin a longer sequence. */
  isPrefix(keys: string): boolean {
    return this.#prefixes.has(keys)
  }

  /** All bindings, by sequence. */
  entries(): IterableIterator<[keys: string, name: ActionName]> {
    return this.#actions.entries()
  }
}

function inLowerCase(keys: string): string {
  return /[- ][A-Z]$/.test(keys) ? keys.slice(0, -1) + keys.slice(-1).toLowerCase() : keys
}

/** The sequence under the one spelling that the key decoder uses. */
function sequenceNamed(keys: string): string {
  if (keys === ' ') return 'Space'
  try {
    return keys.split(' ').map(bindable).join(' ')
  } catch (error) {
    const way = (error as RangeError).message.replace(/^T/, 't').replace(/\.$/, '')
    throw new AnswerbackError('OPTION', { option: `keys['${keys}']`, value: 'bound', way }, { cause: error })
  }
}

/** A blank without modifiers is text, and goes by the name of `Space` only here. */
function bindable(name: string): Key {
  return name === 'Space' ? name : keyNamed(name)
}

function prefixesOf(keys: string): string[] {
  const parts = keys.split(' ')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(' '))
}

function known(name: ActionName, keys: string): ActionName {
  if (Object.hasOwn(ACTIONS, name)) return name
  const near = nearest(name, Object.keys(ACTIONS))
  const way = near === undefined ? 'there is no such action' : `the nearest action is '${near}'`
  throw new AnswerbackError('OPTION', { option: `keys['${keys}']`, value: `'${name}'`, way })
}

/**
 * GNU Readline's emacs mode, as `bind -p` shows it in Bash by default. Where Bash has put a command of its own on a key of
 * Readline's, Readline's is back: `M-Tab` is `tab-insert`.
 */
export const EMACS: KeyMap = new KeyMap({
  // movement
  'C-a': 'beginning-of-line',
  Home: 'beginning-of-line',
  'C-e': 'end-of-line',
  End: 'end-of-line',
  'C-f': 'forward-char',
  Right: 'forward-char',
  'C-b': 'backward-char',
  Left: 'backward-char',
  'M-f': 'forward-word',
  'M-C-f': 'forward-word',
  'C-Right': 'forward-word',
  'M-Right': 'forward-word',
  'M-b': 'backward-word',
  'M-C-b': 'backward-word',
  'C-Left': 'backward-word',
  'M-Left': 'backward-word',
  'C-]': 'character-search',
  'M-C-]': 'character-search-backward',
  'C-@': 'set-mark',
  'M-Space': 'set-mark',
  'C-x C-x': 'exchange-point-and-mark',
  // changes
  'C-d': 'delete-char',
  Delete: 'delete-char',
  Backspace: 'backward-delete-char',
  'M-\\': 'delete-horizontal-space',
  'C-t': 'transpose-chars',
  'M-t': 'transpose-words',
  'M-u': 'upcase-word',
  'M-l': 'downcase-word',
  'M-c': 'capitalize-word',
  'C-q': 'quoted-insert',
  'C-v': 'quoted-insert',
  'M-Tab': 'tab-insert',
  Insert: 'overwrite-mode',
  'C-_': 'undo',
  'C-x C-u': 'undo',
  'M-r': 'revert-line',
  'M-C-r': 'revert-line',
  'M--': 'digit-argument',
  'M-0': 'digit-argument',
  'M-1': 'digit-argument',
  'M-2': 'digit-argument',
  'M-3': 'digit-argument',
  'M-4': 'digit-argument',
  'M-5': 'digit-argument',
  'M-6': 'digit-argument',
  'M-7': 'digit-argument',
  'M-8': 'digit-argument',
  'M-9': 'digit-argument',
  // killing and yanking
  'C-k': 'kill-line',
  'C-x Backspace': 'backward-kill-line',
  'C-u': 'unix-line-discard',
  'M-d': 'kill-word',
  'C-Delete': 'kill-word',
  'M-Backspace': 'backward-kill-word',
  'C-w': 'unix-word-rubout',
  'C-y': 'yank',
  'M-y': 'yank-pop',
  // history
  'C-p': 'previous-history',
  Up: 'previous-history',
  'C-n': 'next-history',
  Down: 'next-history',
  'M-<': 'beginning-of-history',
  'M->': 'end-of-history',
  'C-o': 'operate-and-get-next',
  'C-r': 'reverse-search-history',
  'C-s': 'forward-search-history',
  PageUp: 'history-search-backward',
  PageDown: 'history-search-forward',
  'M-p': 'non-incremental-reverse-search-history',
  'M-n': 'non-incremental-forward-search-history',
  'M-.': 'yank-last-arg',
  'M-_': 'yank-last-arg',
  'M-C-y': 'yank-nth-arg',
  // the line and the screen
  Enter: 'accept-line',
  'C-j': 'accept-line',
  'M-#': 'insert-comment',
  'C-g': 'abort',
  'C-x C-g': 'abort',
  'M-C-g': 'abort',
  'C-c': 'interrupt',
  'C-z': 'ignore',
  'C-\\': 'ignore',
  Tab: 'complete',
  'M-?': 'possible-completions',
  'M-=': 'possible-completions',
  'M-*': 'insert-completions',
  'C-l': 'clear-screen',
  'M-C-l': 'clear-display',
})
