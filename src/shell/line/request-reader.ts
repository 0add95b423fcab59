import type { Terminal } from '../../core/connection.ts'
import type { ReadRequest } from './request.ts'

/**
 * Reads one line at a time from one peer. The result of a line goes to its request, and `request`
 * is then `undefined`.
 */
export interface RequestReader {
  /** The line that is being read. */
  readonly request: ReadRequest | undefined
  /** Whether input waits here, besides what is fed. */
  readonly waiting: boolean
  /** Whether the screen does not yet show what has been read. */
  readonly stale: boolean
  /** Milliseconds until `expire` is due, unless more is fed; 0 if nothing is due. */
  readonly patience: number
  begin(request: ReadRequest): void
  /** Takes input from an index on. Returns how far it came: less than all if the line has ended. */
  feed(text: string, from: number): number
  /** Ends a key that nothing has followed. */
  expire(): void
  /** Ends the input. An unfinished line counts as a line, as in every shell. */
  endInput(): void
  /** Handles Ctrl-C. */
  interrupt(): void
  /** Stops reading, without a result for the request. */
  cancel(): void
  /** Drops the input that waits here. */
  forget(): void
  /** Shows what has been read, before anything else is written. */
  refresh(): void
  /** Draws the line from nothing. */
  redraw(): void
  /** Changes the terminal. `rewraps`: it has wrapped its rows by its new size. */
  changeTerminal(terminal: Terminal, rewraps: boolean): void
}
