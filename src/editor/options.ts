import type { BoundaryCache } from '../terminal/grapheme.ts'
import type { HistoryEntries } from './history/entries.ts'
import type { KeyMap } from './keys/map.ts'
import type { KillRing } from './line/kill-ring.ts'

export interface EditorOptions {
  /**
   * Accepted lines, oldest first, for recall. It may change between lines. By default there is
   * none, and nothing is recalled.
   */
  readonly history?: HistoryEntries
  /** Default `EMACS`. */
  readonly keyMap?: KeyMap
  /**
   * Where kills are kept; editors can share a ring. Default a ring of its own, as secrets need it.
   */
  readonly kills?: KillRing
  /**
   * The most UTF-16 units that a line may hold; a longer insertion is refused with a bell. Default
   * 65,536.
   */
  readonly maxLength?: number
  /** What `insert-comment` puts before a line. Default `#`. */
  readonly comment?: string
  /**
   * Caches the boundaries found last in a line, until the next line begins. By default none are
   * kept, as secrets need it.
   */
  readonly boundaries?: BoundaryCache
}
