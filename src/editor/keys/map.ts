import { AnswerbackError } from '../../core/options/errors.ts'
import { keyNamed, type Key } from '../../terminal/key.ts'
import { nearest } from '../../core/text/nearest.ts'
import { ACTIONS, type EditorAction } from '../actions/table.ts'

/**
 * Key sequences, keys separated by blanks, and the action of each; `null` removes a binding:
 * `{ 'C-x C-u': 'undo', 'C-o': null }`.
 */
export type KeyBindings = Readonly<Record<string, EditorAction | null>>

/**
 * Maps a key, or a sequence of keys, to an action. Immutable: `bind` returns another map. A
 * character without modifiers can be bound too, and then no longer inserts text: a command mode is
 * just another map.
 */
export class KeyMap {
  readonly #actions: ReadonlyMap<string, EditorAction>
  readonly #prefixes: ReadonlySet<string>
  /** Whether a character without modifiers is bound, or begins a bound sequence. */
  readonly bindsText: boolean
  /** Whether Enter accepts the line, and does nothing else. */
  readonly entersPlainly: boolean

  constructor(bindings: KeyBindings = {}) {
    const actions = new Map<string, EditorAction>()
    for (const [keys, name] of Object.entries(bindings))
      if (name !== null) actions.set(sequenceNamed(keys), known(name, keys))
    this.#actions = actions
    this.#prefixes = new Set([...actions.keys()].flatMap(prefixesOf))
    this.entersPlainly = actions.get('Enter') === 'accept-line' && !this.#prefixes.has('Enter')
    this.bindsText = [...actions.keys()].some(keys => /^(?:.|Space)(?: |$)/su.test(keys))
  }

  /**
   * Returns this map with more bindings. Throws an `AnswerbackError` (`OPTION`) for an action or a
   * key that does not exist; its message names the nearest.
   */
  bind(bindings: KeyBindings): KeyMap {
    const normal = Object.entries(bindings).map(([keys, name]) => [sequenceNamed(keys), name] as const)
    return new KeyMap({ ...Object.fromEntries(this.#actions), ...Object.fromEntries(normal) })
  }

  /**
   * Returns the action that the keys are bound to. As in Readline, an unbound Meta key or sequence
   * with a capital falls back to the small letter.
   */
  find(keys: string): EditorAction | undefined {
    return this.#actions.get(keys) ?? this.#actions.get(inLowerCase(keys))
  }

  /** Returns whether the keys begin a longer sequence. */
  isPrefix(keys: string): boolean {
    return this.#prefixes.has(keys)
  }

  /** Returns all bindings, by sequence. */
  entries(): IterableIterator<[keys: string, name: EditorAction]> {
    return this.#actions.entries()
  }
}

function inLowerCase(keys: string): string {
  return /[- ][A-Z]$/.test(keys) ? keys.slice(0, -1) + keys.slice(-1).toLowerCase() : keys
}

/** Returns the sequence in the one spelling that the key decoder uses. */
function sequenceNamed(keys: string): string {
  if (keys === ' ') return 'Space'
  try {
    return keys.split(' ').map(bindable).join(' ')
  } catch (error) {
    const way = (error as RangeError).message.replace(/^T/, 't').replace(/\.$/, '')
    throw new AnswerbackError('OPTION', { option: `keys['${keys}']`, value: 'bound', way }, { cause: error })
  }
}

/**
 * Returns a key that can be bound. A blank without modifiers is text, and has the name `Space` only
 * here.
 */
function bindable(name: string): Key {
  return name === 'Space' ? name : keyNamed(name)
}

function prefixesOf(keys: string): string[] {
  const parts = keys.split(' ')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(' '))
}

function known(name: EditorAction, keys: string): EditorAction {
  if (Object.hasOwn(ACTIONS, name)) return name
  const near = nearest(name, Object.keys(ACTIONS))
  const way = near === undefined ? 'there is no such action' : `the nearest action is '${near}'`
  throw new AnswerbackError('OPTION', { option: `keys['${keys}']`, value: `'${name}'`, way })
}
