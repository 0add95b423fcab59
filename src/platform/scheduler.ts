import { SHARE } from '../core/clock.ts'

/** What has output to send when the turn is over. */
export interface Flushable {
  /** Where it stands of those that are to be flushed; `Turns` sets it. At first nowhere. */
  place: 'first' | 'behind' | undefined
  flush(): void
}

/**
 * How long, in milliseconds, those may work in one turn of the event loop who had more than their share before; and how long what answers nothing of this turn is sent for.
 */
export const SHARED_TURN = 0.0625

/** How long, in milliseconds, all may work together who begin to in one turn. */
export const ALL_SHARES = 0.1875

/** The turns of this thread's event loop, and who works in them when. */
export class Scheduler {
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number
  #first: Flushable[] = []
  /** In order. A set, because who is asked something meanwhile comes first. */
  readonly #behind = new Set<Flushable>()
  /** The end of this turn has been asked for. */
  #ending = false
  readonly #waiting: (() => void)[] = []
  /** What waits for the turn after this one. */
  #nextTurn: (() => void)[] = []
  #turning = false
  #sharesEnd: number | undefined

  constructor(now: () => number) {
    this.now = now
  }

  /**
   * Has `flushable.flush()` called when this turn's work is done: for whoever is waiting for an answer. All share one `setImmediate`: it runs after the reads of the
   * turn and every promise that they have settled, so that echo, reply and prompt of a command leave in one write.
   */
  flushFirst(flushable: Flushable): void {
    if (flushable.place === 'first') return
    if (flushable.place === 'behind') this.#behind.delete(flushable)
    flushable.place = 'first'
    this.#first.push(flushable)
    if (!this.#ending) this.#awaitEnd()
  }

  /**
   * The same, behind those: for what does not answer something that was read in this turn, as one user's message to all others. However much of it there is, no turn becomes longer by it than `SHARED_TURN`
   * and the last one's flush; the rest is sent in the next turns, in order.
   */
  flushBehind(flushable: Flushable): void {
    if (flushable.place !== undefined) return
    flushable.place = 'behind'
    this.#behind.add(flushable)
    if (!this.#ending) this.#awaitEnd()
  }

  /**
   * Has `run` called in a later turn, behind all who have asked before, and behind what everybody else has read in that turn, and the answers to it. However many ask, no turn
   * becomes longer by them than `SHARED_TURN` and the last one's work.
   */
  runLater(run: () => void): void {
    this.#waiting.push(run)
    if (!this.#turning) this.#begin()
  }

  /** The same, and never in this turn, though there be time for it. */
  runNextTurn(run: () => void): void {
    if (this.#turning) this.#nextTurn.push(run)
    else this.runLater(run)
  }

  /**
   * Until when whoever begins to work now may go on. However many begin in one turn, it becomes no longer by them than `ALL_SHARES` and what
   * each does before it looks at the clock: a few commands, which is all that most have to do.
   */
  share(): number {
    const now = this.now()
    this.#sharesEnd ??= now + ALL_SHARES
    if (!this.#ending) this.#awaitEnd()
    return Math.min(now + SHARE, this.#sharesEnd)
  }

  #awaitEnd(): void {
    this.#ending = true
    setImmediate(() => {
      this.#ending = false
      try {
        this.#flushFirst()
      } finally {
        if (this.#behind.size > 0) this.#flushBehind(this.now() + SHARED_TURN)
      }
    })
  }

  /** The reads of the turn are over, and with what is sent here so are its shares. Whoever throws keeps nobody from being sent. */
  #flushFirst(): void {
    const all = this.#first
    this.#first = []
    let flushed = 0
    try {
      for (const flushable of all) {
        flushed += 1
        flushable.place = undefined
        flushable.flush()
      }
    } finally {
      this.#sharesEnd = undefined
      for (const flushable of all.slice(flushed)) {
        flushable.place = undefined
        this.flushFirst(flushable)
      }
    }
  }

  #flushBehind(end: number): void {
    try {
      // Whoever comes back while they are flushed has another turn.
      let left = this.#behind.size
      for (const flushable of this.#behind) {
        this.#behind.delete(flushable)
        flushable.place = undefined
        flushable.flush()
        left -= 1
        if (left === 0 || this.now() >= end) break
      }
    } finally {
      this.#sharesEnd = undefined
      if (this.#behind.size > 0 && !this.#ending) this.#awaitEnd()
    }
  }

  #begin(): void {
    this.#turning = true
    setImmediate(() => {
      try {
        this.#flushFirst()
      } finally {
        this.#takeTurns(this.now() + SHARED_TURN)
      }
    })
  }

  /** What one does goes on in promises: those are waited for. Who is alone has all of the time, without a round of the event loop for each share. */
  #takeTurns(end: number): void {
    try {
      this.#waiting.shift()?.()
    } finally {
      afterPromises(() => {
        if (this.#waiting.length > 0 && this.now() < end) this.#takeTurns(end)
        else this.#endTurn()
      })
    }
  }

  #endTurn(): void {
    this.#turning = false
    this.#sharesEnd = undefined
    const next = this.#nextTurn
    if (next.length > 0) {
      this.#nextTurn = []
      this.#waiting.push(...next)
    }
    if (this.#waiting.length > 0) this.#begin()
  }
}

/** All that is served by this thread shares them. */
export const TURNS: Scheduler = new Scheduler(() => performance.now())

/** A tick that a microtask asks for comes when all microtasks have run. */
function afterPromises(run: () => void): void {
  queueMicrotask(() => process.nextTick(run))
}
