import type { Key } from '../terminal/key.ts'
import { ACTIONS, type ActionName } from './actions.ts'
import { both, isQuiet, type Effect } from './effect.ts'
import type { Editing, Memory, Mode } from './editing.ts'
import type { EditorOptions } from './editor.ts'
import { Recall } from './history.ts'
import { EMACS, type KeyMap } from './key-map.ts'
import { KillRing } from './kill-ring.ts'
import type { Line } from './line.ts'
import { PrefixMode } from './modes.ts'

/**
 * The editor's machine. Its states are the modes: none (keys are looked up, text goes in), a sequence begun, a numeric argument,
 * a quoted or searched character, the two searches. Every action settles what the next one depends on: the argument is used up,
 * a chain of kills goes on or ends, and the action is remembered.
 */
export class State implements Editing {
  readonly recall: Recall
  readonly keyMap: KeyMap
  readonly comment: string
  readonly maxLength: number

  mode: Mode | undefined
  count = 1
  explicit = false
  overwrite = false
  key: Key = ''
  previousKey: Key = ''
  previous: ActionName | 'self-insert' | 'bracketed-paste-begin' | '' = ''
  unread = ''
  overflowed = false
  /** What follows text that did not fit does not go in either, however short, until a key is pressed. */
  #refuses = false
  /** Made with the first kill or yank, and the first search: most lines have none. */
  #kills: KillRing | undefined
  #memory: Memory | undefined

  constructor(options: EditorOptions) {
    const { history = [], keyMap = EMACS, kills, maxLength = 65_536, comment = '#' } = options
    this.recall = new Recall(history)
    this.keyMap = keyMap
    this.#kills = kills
    this.comment = comment
    this.maxLength = maxLength
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

  begin(): void {
    this.recall.begin()
    this.#kills?.settle()
    this.mode = undefined
    this.overwrite = this.overflowed = this.#refuses = false
    this.previous = this.previousKey = this.key = this.unread = ''
    this.#useUp()
  }

  insert(run: string): Effect {
    this.unread = ''
    // After a mode the prompt changes too: that is no mere append.
    const { mode } = this
    let effect: Effect | undefined = mode === undefined ? undefined : 'none'
    for (let rest = run; rest !== '';) {
      if (this.#isPlain) return after(effect, this.#selfInsert(rest))
      const character = firstCharacter(rest)
      rest = rest.slice(character.length)
      effect = after(effect, this.mode === undefined ? this.typeCharacter(character) : this.mode.type(character))
      if (isQuiet(effect)) continue
      this.unread = rest
      return effect
    }
    return this.#afterMode(mode, effect ?? 'none')
  }

  /** A line that is over as soon as it has begun has nothing that could be undone, and leaves nothing that the next one depends on. */
  enter(text: string): boolean {
    const plain = this.#isPlain && this.keyMap.entersPlainly && !this.overflowed
    if (!plain || !this.line.untouched || text.length > this.maxLength) return false
    this.line.fill(text)
    return true
  }

  takeKey(key: Key, sequence?: string): Effect {
    const { mode } = this
    return this.#afterMode(mode, mode?.key(key, sequence) ?? this.press(key))
  }

  /** A mode that is over takes its prompt along: something has changed, even where the key itself has done nothing. */
  #afterMode(mode: Mode | undefined, effect: Effect): Effect {
    return effect === 'none' && mode?.prompt !== undefined && mode !== this.mode ? 'edit' : effect
  }

  paste(text: string, more: boolean): Effect {
    const taken = this.mode?.paste(text)
    if (taken !== undefined) return taken
    const goesOn = more && this.previous === 'bracketed-paste-begin'
    if (!goesOn) this.line.mark = this.line.cursor
    const effect = this.insertWhole(text, goesOn)
    if (effect === 'bell') this.overflowed = true
    this.#settle('bracketed-paste-begin', '')
    return effect
  }

  press(keys: Key): Effect {
    this.key = keys
    if (this.keyMap.isPrefix(keys)) {
      this.mode = new PrefixMode(this, keys)
      return 'none'
    }
    const name = this.keyMap.find(keys)
    // Alone it is the prefix of a key that is still to come, and changes nothing that this one depends on.
    if (keys === 'Escape' && name === undefined) return 'none'
    const wasEmpty = this.line.text === ''
    const effect = name === undefined ? 'bell' : ACTIONS[name](this)
    // Whoever has taken all of it away misses nothing any more.
    if (!wasEmpty && this.line.text === '') this.overflowed = false
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
    const fitting = this.#refuses ? '' : fit(text, this.maxLength - this.line.text.length)
    const atEnd = this.line.atEnd
    this.line.type(fitting)
    if (fitting.length === text.length) return atEnd ? 'append' : 'edit'
    this.overflowed = this.#refuses = true
    return 'bell'
  }

  insertTimes(text: string, count: number): Effect {
    return text.length * count > this.maxLength ? 'bell' : this.insertWhole(text.repeat(count))
  }

  insertWhole(text: string, goesOn: boolean = false): Effect {
    if (text.length > this.maxLength - this.line.text.length) return 'bell'
    this.line.insert(text, goesOn)
    return 'edit'
  }

  replace(start: number, end: number, text: string): Effect {
    if (text.length - (end - start) > this.maxLength - this.line.text.length) return 'bell'
    this.line.replace(start, end, text)
    return 'edit'
  }

  /** Text goes in as it is. */
  get #isPlain(): boolean {
    return this.mode === undefined && !this.explicit && !this.overwrite && !this.keyMap.bindsText
  }

  #selfInsert(run: string): Effect {
    const effect = this.insertTyped(run)
    this.#settle('self-insert', '')
    return effect
  }

  #repeat(character: string): Effect {
    if (this.count === 1) return this.insertTyped(character)
    return this.count < 1 ? 'none' : this.insertTimes(character, this.count)
  }

  /** One undo step. A character that joins the one before it replaces nothing. */
  #overwriteWith(character: string): Effect {
    const { line } = this
    let effect: Effect = 'none'
    line.group(() => {
      const replaced = JOINS.test(character) ? 0 : this.count
      effect = this.#repeat(character)
      if (effect === 'edit') line.delete(line.cursor, line.step(line.cursor, replaced))
    })
    return effect
  }

  #settle(name: State['previous'], key: Key): void {
    this.previous = name
    this.previousKey = key
    this.#refuses &&= name === 'self-insert'
    this.#kills?.settle()
    this.#useUp()
  }

  #useUp(): void {
    this.count = 1
    this.explicit = false
  }
}

/** These come before an action and leave what it depends on as it is. */
const ARGUMENTS: ReadonlySet<string> = new Set<ActionName>(['digit-argument', 'universal-argument'])

/** Marks, variation selectors and joiners. */
const JOINS = /^[\p{M}\u200c\u200d]/u

function after(first: Effect | undefined, second: Effect): Effect {
  return first === undefined ? second : both(first, second)
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!)
}

/** As much of the text as there is room for, without half of a surrogate pair. */
function fit(text: string, room: number): string {
  if (text.length <= room) return text
  const end = Math.max(0, room)
  return text.slice(0, (text.charCodeAt(end) & 0xfc00) === 0xdc00 ? end - 1 : end)
}
