import type { Scheduler } from '../../core/time/scheduler.ts'
import { TimeSlice } from '../line/time-slice.ts'

/** What is told when the next line may be taken. */
interface LineTaker {
  resume(): void
}

/**
 * The lines that came with the last one, and are still to be taken. They are taken as long as the
 * time slice lasts, and then in a later turn.
 */
export class PendingLines {
  readonly #scheduler: Scheduler
  readonly #taker: LineTaker
  /** The next one last. */
  #lines: string[] = []
  /** Created with the first input of several lines. */
  #slice: TimeSlice | undefined
  #resuming = false

  constructor(scheduler: Scheduler, taker: LineTaker) {
    this.#scheduler = scheduler
    this.#taker = taker
  }

  get empty(): boolean {
    return this.#lines.length === 0
  }

  /** Adds one line, taken alone. */
  add(line: string): void {
    this.#lines.push(line)
  }

  /** Replaces the lines by those of one input. */
  fill(lines: string[]): void {
    this.#lines = lines.reverse()
    this.#slice ??= new TimeSlice(this.#scheduler)
    this.#slice.begin()
  }

  drop(): void {
    this.#lines = []
  }

  take(): string | undefined {
    return this.#lines.pop()
  }

  /** Looks at the clock, if a line is left. */
  look(): void {
    if (!this.empty) this.#slice?.look()
  }

  /** Returns whether this turn has time for the next line; if not, the taker is told later. */
  get due(): boolean {
    const slice = this.#slice
    if (this.empty || slice?.usedUp !== true) return true
    if (!this.#resuming)
      this.#scheduler.defer(() => {
        this.#resuming = false
        slice.begin()
        this.#taker.resume()
      })
    this.#resuming = true
    return false
  }
}
