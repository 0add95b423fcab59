import type { Scheduler } from '../../core/time/scheduler.ts'

/**
 * How many units are read between two looks at the clock, at most: some ten commands. A line costs
 * `LINE` units, besides its text.
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

  /**
   * Begins the slice of a turn. The count of units stays, because a session may begin often in one
   * turn.
   */
  begin(): void {
    this.#end = this.#scheduler.sliceEnd()
    this.usedUp = false
  }

  /**
   * Looks at the clock. Called after each key, since a key may take milliseconds (a line of 64
   * KiB, a search in the history). Returns whether the slice is used up.
   */
  look(): boolean {
    this.usedUp = this.#scheduler.now() >= this.#end
    return this.usedUp
  }

  /** Makes the next `count` look at the clock, because what is read next may take long. */
  lookNext(): void {
    this.#counted = LOOK_EVERY
  }

  /** Counts a line, or a piece of one, that has been read. */
  count(units: number): void {
    this.#counted += LINE + units
    if (this.#counted < LOOK_EVERY) return
    this.#counted = 0
    this.look()
  }
}
