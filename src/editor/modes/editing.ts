import type { Key } from '../../terminal/key.ts'
import type { Effect } from './effect.ts'
import type { KillRing } from '../line/kill-ring.ts'
import type { Recall } from '../history/recall.ts'
import type { Line } from '../line/line.ts'

/** The editor as its actions and modes see it. */
export interface Editing {
  readonly line: Line
  readonly recall: Recall
  readonly kills: KillRing
  readonly keyMap: KeyLookup
  /** What `insert-comment` puts before the line. */
  readonly comment: string
  /** The numeric argument; 1 where none was given. */
  count: number
  /** A numeric argument was given. */
  explicit: boolean
  /** Typed text replaces what is under the cursor. */
  overwrite: boolean
  /** The key that is being done, and the one before it. */
  readonly currentKey: Key
  readonly previousKey: Key
  /** The action before this one; `self-insert` after text. */
  readonly previous: string
  mode: Mode | undefined
  /** What searches and yanks remember from one key to the next. */
  readonly memory: Memory
  /** Inserts text as if it had been typed, in insert mode; a bell where it does not fit. */
  insertTyped(text: string): Effect
  /** Inserts text so many times, as one undo step; a bell where it does not fit. */
  insertTimes(text: string, count: number): Effect
  /** Inserts text as one undo step; a bell where it does not fit. */
  insertWhole(text: string): Effect
  /** Puts `text` in the place of a range as one undo step; a bell where it does not fit. */
  replace(start: number, end: number, text: string): Effect
  /** Does a key, whatever mode there is: `C-x C-u` is a key too. */
  press(key: Key): Effect
  /** Does a single character that was typed, whatever mode there is. */
  typeCharacter(character: string): Effect
}

/** What actions and modes need of a key map. */
export interface KeyLookup {
  /** The name of the action that the keys are bound to. */
  find(keys: string): string | undefined
  /** Whether the keys begin a longer sequence. */
  isPrefix(keys: string): boolean
}

export type Action = (editing: Editing) => Effect

/** Takes the input in the editor's place until it takes itself off `editing.mode`. */
export interface Mode {
  /** Stands in the place of the line, where given. */
  readonly shown?: { readonly text: string; readonly cursor: number }
  /** Stands in the place of the prompt, where given. */
  readonly prompt?: string
  /** Takes one character. */
  type(character: string): Effect
  /**
   * Takes a key; `sequence`: what the terminal has sent for it, where that is known and several
   * characters. `undefined`: the mode is over, and the key is to be done as if it had never been.
   */
  key(key: Key, sequence?: string): Effect | undefined
  /** Takes a paste, or `undefined` as for a key. */
  paste(text: string): Effect | undefined
}

export interface Memory {
  /** `yank-last-arg`, pressed again and again. */
  lastArgument?: { skip: number; direction: 1 | -1; word: number | undefined; inserted: boolean }
  /** Prefix and substring search, pressed again and again. */
  historySearch?: { readonly query: string; position: number; found: string | undefined }
  /** What the last incremental search looked for. */
  incremental?: string
  /** What the last non-incremental search looked for, and where it stopped. */
  nonIncremental?: { readonly query: string; position: number }
}
