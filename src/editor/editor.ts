import { withLineFeeds } from '../core/replaced.ts'
import type { Key } from '../terminal/key.ts'
import type { Effect } from './effect.ts'
import type { HistoryEntries } from './history.ts'
import type { KeyMap } from './key-map.ts'
import type { KillRing } from './kill-ring.ts'
import { State } from './state.ts'

export type { Effect } from './effect.ts'

export interface EditorOptions {
  /** Accepted lines, oldest first, for recall. It may be changed between lines. Default: none, and nothing is recalled. */
  readonly history?: HistoryEntries
  /** Default `EMACS`. */
  readonly keyMap?: KeyMap
  /** Kills are kept here; another editor's ring can be shared. Default a ring of its own, as secrets need it. */
  readonly kills?: KillRing
  /** The most UTF-16 units that a line may hold; what is inserted beyond them is refused with a bell. Default 65,536. */
  readonly maxLength?: number
  /** What `insert-comment` puts before a line. Default `#`. */
  readonly comment?: string
}

/**
 * A line editor without a screen: GNU Readline 8.2 in emacs mode. Text and keys go in, each answers what the console is to do;
 * `text`, `cursor` and `prompt` are what is to be seen. It does not add to the history: that is `remember`'s.
 *
 * Beyond Readline: characters are grapheme clusters, and typed text is undone twenty characters at a time in every script.
 */
export class Editor {
  readonly #state: State

  constructor(options: EditorOptions = {}) {
    this.#state = new State(options)
  }

  get text(): string {
    return (this.#state.mode?.shown ?? this.#state.line).text
  }

  /** In UTF-16 units; always on the boundary of a grapheme cluster. */
  get cursor(): number {
    return (this.#state.mode?.shown ?? this.#state.line).cursor
  }

  /**
   * Readline's own prompt in the place of the line's, in searches and numeric arguments: ``(reverse-i-search)`ab': ``. A colon, of a
   * search that is not incremental, stands behind the last line of the line's own.
   */
  get prompt(): string | undefined {
    return this.#state.mode?.prompt
  }

  /** The most UTF-16 units that a line may hold. */
  get maxLength(): number {
    return this.#state.maxLength
  }

  /** Something that was typed or pasted into this line did not fit, and is missing. */
  get overflowed(): boolean {
    return this.#state.overflowed
  }

  /** What `insert` has not taken in, because a character bound to an action asked for something first. Mostly empty. */
  get unread(): string {
    return this.#state.unread
  }

  /** A new line begins: empty, or the entry that `operate-and-get-next` has chosen. Called before each line, the first included. */
  begin(): void {
    this.#state.begin()
  }

  /** Takes text that was typed: printable characters in one run, or in any pieces, to the same end. */
  insert(run: string): Effect {
    return this.#state.insert(run)
  }

  /** Takes a whole line of printable text and its Enter, where that comes to what `insert` and `key` do: into an empty line. Else answers `false`. */
  enter(line: string): boolean {
    return this.#state.enter(line)
  }

  /**
   * Takes a key; `sequence`: what the terminal has sent for it, where that is several characters.
   */
  key(key: Key, sequence?: string): Effect {
    return this.#state.takeKey(key, sequence)
  }

  /**
   * Inserts text as it is, as one undo step, or not at all where it is too long. All line ends become newlines. `more`: of the paste before it, which came in pieces.
   */
  paste(text: string, more: boolean = false): Effect {
    return this.#state.paste(withLineFeeds(text), more)
  }

  /** Puts `text` in the place of what stands from `start` to `end`, as one undo step, with the cursor after it: a completion. */
  replace(start: number, end: number, text: string): Effect {
    return this.#state.replace(start, end, text)
  }
}
