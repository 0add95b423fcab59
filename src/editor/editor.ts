import { withLineFeeds } from '../core/text/replaced.ts'
import type { Key } from '../terminal/key.ts'
import { ACTIONS, type EditorAction } from './actions/table.ts'
import { combined, isQuiet, type Effect } from './modes/effect.ts'
import type { Editing, Memory, Mode } from './modes/editing.ts'
import { Recall } from './history/recall.ts'
import { EMACS } from './keys/emacs.ts'
import type { KeyMap } from './keys/map.ts'
import { KillRing } from './line/kill-ring.ts'
import { firstCharacter, fitting, joinsCharacter } from './line/characters.ts'
import type { Line } from './line/line.ts'
import { PrefixMode } from './modes/prefix.ts'
import type { EditorOptions } from './options.ts'

export type { Effect } from './modes/effect.ts'
export type { EditorOptions } from './options.ts'

/**
 * A line editor without a screen: GNU Readline 8.2 in emacs mode. It takes text and keys; each call
 * returns what the console is to do. `text`, `cursor` and `prompt` are what to show. It does not
 * add to the history: `remember` does.
 *
 * Its states are the modes:
 *
 * - none: keys are looked up, text is inserted;
 * - a key sequence begun;
 * - a numeric argument;
 * - a quoted or searched character;
 * - the two searches.
 *
 * Every action leaves what the next one depends on: it uses up the argument, continues or ends a
 * chain of kills, and is remembered.
 *
 * Beyond Readline, characters are grapheme clusters. Typed text is undone twenty characters at a
 * time in every script.
 */
export class Editor implements Editing {
  readonly recall: Recall
  readonly keyMap: KeyMap
  readonly comment: string
  /** The most UTF-16 units that a line may hold. */
  readonly maxLength: number

  mode: Mode | undefined
  count = 1
  explicit = false
  overwrite = false
  currentKey: Key = ''
  previousKey: Key = ''
  previous: EditorAction | 'self-insert' | 'bracketed-paste-begin' | '' = ''
  /**
   * The text that `insert` has not taken, because a character bound to an action returned a request
   * first. Mostly empty.
   */
  unread = ''
  /** Whether text that was typed or pasted into this line did not fit, and is missing. */
  overflowed = false
  /**
   * Whether text is refused. After text that did not fit, no text is inserted, however short, until
   * a key is pressed.
   */
  #refuses = false
  /** Created at the first kill, yank or search: most lines have none. */
  #kills: KillRing | undefined
  #memory: Memory | undefined

  constructor(options: EditorOptions = {}) {
    const { history = [], keyMap = EMACS, kills, maxLength = 65_536, comment = '#', boundaries } = options
    this.recall = new Recall(history, boundaries)
    this.keyMap = keyMap
    this.#kills = kills
    this.comment = comment
    this.maxLength = maxLength
  }

  get text(): string {
    return (this.mode?.shown ?? this.recall.line).text
  }

  /** In UTF-16 units; always at the boundary of a grapheme cluster. */
  get cursor(): number {
    return (this.mode?.shown ?? this.recall.line).cursor
  }

  /**
   * Readline's own prompt, which replaces the line's in searches and numeric arguments:
   * ``(reverse-i-search)`ab': ``. The colon of a non-incremental search follows the last line of
   * the line's own prompt.
   */
  get prompt(): string | undefined {
    return this.mode?.prompt
  }

  get kills(): KillRing {
    return (this.#kills ??= new KillRing(this.maxLength))
  }

  get memory(): Memory {
    return (this.#memory ??= {})
  }

  get line(): Line {
    return this.recall.line
  }

  /**
   * Begins a new line: empty, or the entry that `operate-and-get-next` has chosen. Call it before
   * each line, the first included.
   */
  begin(): void {
    this.recall.begin()
    this.#kills?.settle()
    this.mode = undefined
    this.overwrite = this.overflowed = this.#refuses = this.explicit = false
    this.previous = this.previousKey = this.currentKey = this.unread = ''
    this.count = 1
  }

  /** Inserts typed text: printable characters. Any split into runs has the same effect. */
  insert(run: string): Effect {
    this.unread = ''
    if (run === '' || !this.#isPlain) return this.#typeEach(run)
    const effect = this.insertTyped(run)
    this.#settle('self-insert', '')
    return effect
  }

  /**
   * Enters a whole line of printable text: the quick way for `insert` and an Enter key on an empty
   * line. Returns `false` if the state does not allow it.
   */
  enter(text: string): boolean {
    const plain = this.#isPlain && this.keyMap.entersPlainly && !this.overflowed
    if (!plain || !this.recall.line.untouched || text.length > this.maxLength) return false
    // The line ends as soon as it has begun: it leaves nothing to undo, and nothing that the next
    // line depends on.
    this.recall.line.fill(text)
    return true
  }

  /**
   * Handles a key. `sequence` is what the terminal has sent for it, if that is several characters.
   */
  key(key: Key, sequence?: string): Effect {
    const { mode } = this
    if (mode === undefined) return this.press(key)
    return this.#afterMode(mode, mode.key(key, sequence) ?? this.press(key))
  }

  /**
   * Inserts text as it is, as one undo step, or nothing if it is too long. All line ends become
   * newlines. `more` continues a paste that came in pieces.
   */
  paste(text: string, more: boolean = false): Effect {
    const pasted = withLineFeeds(text)
    const taken = this.mode?.paste(pasted)
    if (taken !== undefined) return taken
    const { line } = this.recall
    const continues = more && this.previous === 'bracketed-paste-begin'
    if (!continues) line.mark = line.cursor
    const effect = this.insertWhole(pasted, continues)
    if (effect === 'bell') this.overflowed = true
    this.#settle('bracketed-paste-begin', '')
    return effect
  }

  press(keys: Key): Effect {
    this.currentKey = keys
    if (this.keyMap.isPrefix(keys)) {
      this.mode = new PrefixMode(this, keys)
      return 'none'
    }
    const name = this.keyMap.find(keys)
    // Alone it is the prefix of a key that is still to come, and changes nothing that this key
    // depends on.
    if (keys === 'Escape' && name === undefined) return 'none'
    const wasEmpty = this.recall.line.text === ''
    const effect = name === undefined ? 'bell' : ACTIONS[name](this)
    // Once the user has deleted the whole line, nothing is missing any more.
    if (!wasEmpty && this.recall.line.text === '') this.overflowed = false
    if (name === undefined || !ARGUMENTS.has(name)) this.#settle(name ?? '', keys)
    return effect
  }

  typeCharacter(character: string): Effect {
    const key = character === ' ' ? 'Space' : character
    if (this.keyMap.bindsText && (this.keyMap.isPrefix(key) || this.keyMap.find(key) !== undefined))
      return this.press(key)
    const effect = this.overwrite ? this.#overwriteWith(character) : this.#repeat(character)
    this.#settle('self-insert', '')
    return effect
  }

  insertTyped(text: string): Effect {
    const { line } = this.recall
    const room = this.#refuses ? 0 : this.maxLength - line.text.length
    const atEnd = line.cursor === line.text.length
    line.type(text.length <= room ? text : fitting(text, room))
    if (text.length <= room) return atEnd ? 'append' : 'edit'
    this.overflowed = this.#refuses = true
    return 'bell'
  }

  insertTimes(text: string, count: number): Effect {
    return text.length * count > this.maxLength ? 'bell' : this.insertWhole(text.repeat(count))
  }

  insertWhole(text: string, continues: boolean = false): Effect {
    const { line } = this.recall
    if (text.length > this.maxLength - line.text.length) return 'bell'
    line.insert(text, continues)
    return 'edit'
  }

  /**
   * Replaces the text from `start` to `end`, as one undo step, with the cursor after it: a
   * completion.
   */
  replace(start: number, end: number, text: string): Effect {
    const { line } = this.recall
    if (text.length - (end - start) > this.maxLength - line.text.length) return 'bell'
    line.replace(start, end, text)
    return 'edit'
  }

  /** Whether text is inserted as it is. */
  get #isPlain(): boolean {
    return this.mode === undefined && !this.explicit && !this.overwrite && !this.keyMap.bindsText
  }

  /** Types character by character, until text is inserted as it is. */
  #typeEach(run: string): Effect {
    // A mode that ends changes the prompt too, so this is more than an append.
    const { mode } = this
    let effect: Effect | undefined = mode === undefined ? undefined : 'none'
    for (let rest = run; rest !== '';) {
      if (this.#isPlain) return after(effect, this.insert(rest))
      const character = firstCharacter(rest)
      rest = rest.slice(character.length)
      effect = after(effect, this.mode === undefined ? this.typeCharacter(character) : this.mode.type(character))
      if (isQuiet(effect)) continue
      this.unread = rest
      return effect
    }
    return this.#afterMode(mode, effect ?? 'none')
  }

  /**
   * Returns the effect after a mode: a mode that has ended changes the prompt, even if the key has
   * done nothing.
   */
  #afterMode(mode: Mode | undefined, effect: Effect): Effect {
    return effect === 'none' && mode?.prompt !== undefined && mode !== this.mode ? 'edit' : effect
  }

  #repeat(character: string): Effect {
    if (this.count === 1) return this.insertTyped(character)
    return this.count < 1 ? 'none' : this.insertTimes(character, this.count)
  }

  /**
   * Overwrites characters as one undo step. A character that joins the one before it replaces
   * nothing.
   */
  #overwriteWith(character: string): Effect {
    const { line } = this.recall
    let effect: Effect = 'none'
    line.group(() => {
      const replaced = joinsCharacter(character) ? 0 : this.count
      effect = this.#repeat(character)
      if (effect === 'edit') line.delete(line.cursor, line.step(line.cursor, replaced))
    })
    return effect
  }

  #settle(name: Editor['previous'], key: Key): void {
    this.previous = name
    this.previousKey = key
    this.#refuses &&= name === 'self-insert'
    this.#kills?.settle()
    this.count = 1
    this.explicit = false
  }
}

/** Actions that precede another action and leave what it depends on unchanged. */
const ARGUMENTS: ReadonlySet<string> = new Set<EditorAction>(['digit-argument', 'universal-argument'])

function after(first: Effect | undefined, second: Effect): Effect {
  return first === undefined ? second : combined(first, second)
}
