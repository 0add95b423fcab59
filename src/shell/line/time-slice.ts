import type { Clock } from '../../core/clock.ts'

/** How much is read between two looks at the clock, at most: some ten commands. A line costs as much as so many units of text. */
const LOOK_EVERY = 256
const LINE = 16

/**
 * A session's time slice: its part of one turn of the event loop. Whoever works on past it (commands that came in one piece, and each wait for something) has used it up
 * at the next look.
 */
export class TimeSlice {
  usedUp = false
  readonly #clock: Clock
  #counted = 0
  #end = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * It is this session's turn. What was counted stays: a session that begins often in one turn is
   * looked at all the same.
   */
  begin(): void {
    this.#end = this.#clock.share()
    this.usedUp = false
  }

  /** A key has been pressed. One may take milliseconds (a line of 64 KiB, a search in the history), so the clock is looked at after each: 0.04 µs of its 0.3 or more. */
  look(): boolean {
    this.usedUp = this.#clock.now() >= this.#end
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
