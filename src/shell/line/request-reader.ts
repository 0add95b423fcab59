import type { Terminal } from '../../core/connection.ts'
import type { ReadRequest } from './request.ts'

/**
 * Reads one line at a time from one peer. What comes of a line is told to its request, and
 * `request` is then `undefined`.
 */
export interface RequestReader {
  /** The line that is being read. */
  readonly request: ReadRequest | undefined
  /** Input waits here, besides what is fed. */
  readonly waiting: boolean
  /** The screen does not show yet what has been read. */
  readonly stale: boolean
  /** Milliseconds until `expire` is due, unless more is fed; 0: nothing is. */
  readonly patience: number
  begin(request: ReadRequest): void
  /**
   * Takes input from an index on; returns how far it came: less than all where the line has ended.
   */
  feed(text: string, from: number): number
  /** Nothing has followed an unfinished key. */
  expire(): void
  /** The input has ended: an unfinished line counts as one, as in every shell. */
  endInput(): void
  /** Ctrl-C. */
  interrupt(): void
  /** Stops reading, and tells the request nothing. */
  cancel(): void
  /** Drops the input that waits here. */
  forget(): void
  /** Shows what has been read, before anything else is written. */
  refresh(): void
  /** Draws the line from nothing. */
  redraw(): void
  /** `rewraps`: the terminal has wrapped its rows by its new size. */
  changeTerminal(terminal: Terminal, rewraps: boolean): void
}
