import type { Key } from './key.ts'

/**
 * Receives a terminal's input as text and keys. Each method returns whether to continue. After
 * `false`, `feed` stops and returns where, so that the rest can go elsewhere: after Enter a command
 * may read its own input.
 */
export interface KeySink {
  /**
   * Printable text, in runs as long as possible. A run may begin or end within a grapheme cluster.
   */
  text(run: string): boolean
  /** `sequence` is the characters of a sequence with an introducer (CSI, SS3). */
  key(key: Key, sequence?: string): boolean
  /**
   * Receives a bracketed paste (`ESC [ 200 ~`), raw, in pieces no longer than the input fed. `end`
   * marks the last piece, which may be empty. Without this method, pasted text arrives as if typed.
   */
  paste?(text: string, end: boolean): boolean
}
