import { EventLoopScheduler } from './scheduler.ts'

/** Turns of a clock that stands still unless somebody works. */
export class WorkedTurns extends EventLoopScheduler {
  #worked = 1000

  constructor() {
    super(() => this.#worked)
  }

  work(ms: number): void {
    this.#worked += ms
  }

  /** What was written in this turn has been sent. */
  over(): Promise<void> {
    return new Promise(resolve => this.flushFirst({ place: undefined, flush: resolve }))
  }
}
