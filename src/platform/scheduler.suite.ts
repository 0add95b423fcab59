import { EventLoopScheduler } from './scheduler.ts'

/** Turns of a clock that moves only while something works. */
export class WorkedTurns extends EventLoopScheduler {
  #worked = 1000

  constructor() {
    super(() => this.#worked)
  }

  work(ms: number): void {
    this.#worked += ms
  }

  /** Sends what was written in this turn. */
  over(): Promise<void> {
    return new Promise(resolve => this.flushFirst({ place: undefined, flush: resolve }))
  }
}
