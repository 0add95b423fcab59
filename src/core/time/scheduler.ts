/**
 * Schedules the turns of the event loop, so that a busy session delays no other. Work that has used
 * up its time slice is deferred, and resumes in a later turn.
 */
export interface Scheduler {
  /** Returns milliseconds from an arbitrary start; never goes back. Time slices end by it. */
  now(): number
  /** Begins a time slice, and returns when it ends, by `now`: at most `TIME_SLICE_MS` from now. */
  sliceEnd(): number
  /** Calls `run` once, after all other ready work has had its turn. */
  defer(run: () => void): void
  /** Calls `run` once, in a later turn of the event loop, even if it is short. */
  nextTurn(run: () => void): void
}

/** How long one session may work in a turn of the event loop before it yields to others. */
export const TIME_SLICE_MS = 0.0625
