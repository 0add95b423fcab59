import type { Scheduler } from '../../core/time/scheduler.ts'
import { TimeSlice } from '../line/time-slice.ts'

/** The reader of the lines; `resume` is called when the next one may be taken. */
interface LineTaker {
  resume(): void
}

/**
 * The remaining lines of the last input. They are taken as long as the time slice lasts, and then
 * in a later turn.
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
    if (this.#lines.length > 0) this.#slice?.look()
  }

  /** Whether this turn has time for the next line. If not, the taker resumes in a later one. */
  get due(): boolean {
    const slice = this.#slice
    if (this.#lines.length === 0 || slice?.usedUp !== true) return true
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
