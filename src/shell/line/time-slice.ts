import type { Scheduler } from '../../core/time/scheduler.ts'

/**
 * How much is read between two looks at the clock, at most: some ten commands. A line costs as much
 * as so many units of text.
 */
const LOOK_EVERY = 256
const LINE = 16

/**
 * A session's time slice: its part of one turn of the event loop. A session that exceeds it goes on
 * in a later turn.
 */
export class TimeSlice {
  usedUp = false
  readonly #scheduler: Scheduler
  #counted = 0
  #end = 0

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  /** The session begins to work in a turn. What was counted stays: it may begin often in one. */
  begin(): void {
    this.#end = this.#scheduler.sliceEnd()
    this.usedUp = false
  }

  /**
   * Looks at the clock: after each key, since one may take milliseconds (a line of 64 KiB, a search
   * in the history). Returns whether the slice is used up.
   */
  look(): boolean {
    this.usedUp = this.#scheduler.now() >= this.#end
    return this.usedUp
  }

  /** What is read next may take long: the next `count` looks at the clock. */
  lookNext(): void {
    this.#counted = LOOK_EVERY
  }

  /** A line, or a piece of one, has been read. */
  count(units: number): void {
    this.#counted += LINE + units
    if (this.#counted < LOOK_EVERY) return
    this.#counted = 0
    this.look()
  }
}
