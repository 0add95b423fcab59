import type { Key } from './key.ts'

/**
 * Takes what a terminal sends apart into text and keys. Each method returns whether to go on: after
 * `false`, `feed` stops and says where, so that the rest can go elsewhere (after Enter a command
 * may start, and read its own input).
 */
export interface KeySink {
  /**
   * Printable text, as much in one piece as there is. May begin or end within a grapheme cluster.
   */
  text(run: string): boolean
  /** `sequence`: the characters of one that an introducer begins (CSI, SS3). */
  key(key: Key, sequence?: string): boolean
  /**
   * Bracketed paste (`ESC [ 200 ~`), raw, in pieces no longer than what was fed; `end` with the
   * last, which may be empty. Without this method, what is pasted comes as if it were typed.
   */
  paste?(text: string, end: boolean): boolean
}
