/**
 * Deals out the turns of the event loop, so that a session with much to do keeps no other waiting. What has
 * used up its time slice is deferred, and resumes in a later turn.
 */
export interface Scheduler {
  /** Milliseconds from an arbitrary start; never goes back. Slices end by it. */
  now(): number
  /** Begins a time slice: returns when it ends, by `now`; at most `TIME_SLICE_MS` from now. */
  sliceEnd(): number
  /** Calls `run` once, when all others that are ready have had their turn. */
  defer(run: () => void): void
  /**
   * Calls `run` once, in a later turn of the event loop: for what must not go on in this one,
   * however little it is.
   */
  nextTurn(run: () => void): void
}

/** How long one session may work in a turn of the event loop before others have theirs. */
export const TIME_SLICE_MS = 0.0625
