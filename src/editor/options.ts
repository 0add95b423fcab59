import type { BoundaryCache } from '../terminal/grapheme.ts'
import type { HistoryEntries } from './history/entries.ts'
import type { KeyMap } from './keys/map.ts'
import type { KillRing } from './line/kill-ring.ts'

export interface EditorOptions {
  /**
   * Accepted lines, oldest first, for recall. It may be changed between lines. Default: none, and
   * nothing is recalled.
   */
  readonly history?: HistoryEntries
  /** Default `EMACS`. */
  readonly keyMap?: KeyMap
  /**
   * Kills are kept here; another editor's ring can be shared. Default a ring of its own, as secrets
   * need it.
   */
  readonly kills?: KillRing
  /**
   * The most UTF-16 units that a line may hold; what is inserted beyond them is refused with a
   * bell. Default 65,536.
   */
  readonly maxLength?: number
  /** What `insert-comment` puts before a line. Default `#`. */
  readonly comment?: string
  /**
   * Keeps the boundaries that were found last in a line, until the next one begins. Default: none
   * are kept, as secrets need it.
   */
  readonly boundaries?: BoundaryCache
}
