import type { Key } from '../../terminal/key.ts'
import type { Effect } from './effect.ts'
import type { KillRing } from '../line/kill-ring.ts'
import type { Recall } from '../history/recall.ts'
import type { Line } from '../line/line.ts'

/** What actions and modes see of the editor. */
export interface Editing {
  readonly line: Line
  readonly recall: Recall
  readonly kills: KillRing
  readonly keyMap: KeyLookup
  /** What `insert-comment` puts before the line. */
  readonly comment: string
  /** The numeric argument; 1 if none was given. */
  count: number
  /** Whether a numeric argument was given. */
  explicit: boolean
  /** Whether typed text replaces the text under the cursor. */
  overwrite: boolean
  /** The key being handled, and the one before it. */
  readonly currentKey: Key
  readonly previousKey: Key
  /** The action before this one; `self-insert` after text. */
  readonly previous: string
  mode: Mode | undefined
  /** What searches and yanks remember from one key to the next. */
  readonly memory: Memory
  /** Inserts text as if typed in insert mode; a bell if it does not fit. */
  insertTyped(text: string): Effect
  /** Inserts text `count` times, as one undo step; a bell if it does not fit. */
  insertTimes(text: string, count: number): Effect
  /** Inserts text as one undo step; a bell if it does not fit. */
  insertWhole(text: string): Effect
  /** Replaces a range as one undo step; a bell if the text does not fit. */
  replace(start: number, end: number, text: string): Effect
  /** Handles a key in any mode: `C-x C-u` is a key too. */
  press(key: Key): Effect
  /** Handles a single typed character in any mode. */
  typeCharacter(character: string): Effect
}

/** What actions and modes need of a key map. */
export interface KeyLookup {
  /** Returns the name of the action that the keys are bound to. */
  find(keys: string): string | undefined
  /** Returns whether the keys begin a longer sequence. */
  isPrefix(keys: string): boolean
}

export type Action = (editing: Editing) => Effect

/** Takes the editor's input until it removes itself from `editing.mode`. */
export interface Mode {
  /** Shown instead of the line, if given. */
  readonly shown?: { readonly text: string; readonly cursor: number }
  /** Shown instead of the prompt, if given. */
  readonly prompt?: string
  /** Takes one character. */
  type(character: string): Effect
  /**
   * Handles a key. `sequence` is what the terminal has sent for it, if known and several
   * characters. Returns `undefined` if the mode has ended and the editor is to handle the key
   * itself.
   */
  key(key: Key, sequence?: string): Effect | undefined
  /** Handles a paste; returns `undefined` as for a key. */
  paste(text: string): Effect | undefined
}

export interface Memory {
  /** The state of repeated `yank-last-arg`. */
  lastArgument?: { skip: number; direction: 1 | -1; word: number | undefined; inserted: boolean }
  /** The state of repeated prefix or substring searches. */
  historySearch?: { readonly query: string; position: number; found: string | undefined }
  /** What the last incremental search looked for. */
  incremental?: string
  /** What the last non-incremental search looked for, and where it stopped. */
  nonIncremental?: { readonly query: string; position: number }
}
