import { TIME_SLICE_MS } from '../core/time/scheduler.ts'
import type { Scheduler } from '../core/time/scheduler.ts'

/** What has output to send when the turn is over. */
export interface Flushable {
  /** Where it stands of those that are to be flushed; the scheduler sets it. At first nowhere. */
  place: 'first' | 'behind' | undefined
  flush(): void
}

/**
 * How long deferred work goes on in one turn of the event loop; and for how long in it is sent what
 * answers nothing of this turn.
 */
export const DEFERRED_MS = 0.0625

/** How long all time slices that begin in one turn last together. */
export const ALL_SLICES_MS = 0.1875

/** Deals out the turns of this thread's event loop. */
export class EventLoopScheduler implements Scheduler {
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number
  #first: Flushable[] = []
  /** In order. A set, because who is asked something meanwhile comes first. */
  readonly #behind = new Set<Flushable>()
  /** The end of this turn has been asked for. */
  #ending = false
  readonly #deferred: (() => void)[] = []
  /** What waits for the turn after this one. */
  #nextTurn: (() => void)[] = []
  #resuming = false
  #slicesEnd: number | undefined

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
   * The same, behind those: for what does not answer something that was read in this turn, as one user's message to all others. However much of it there is, no turn becomes longer by it than `DEFERRED_MS`
   * and the last one's flush; the rest is sent in the next turns, in order.
   */
  flushBehind(flushable: Flushable): void {
    if (flushable.place !== undefined) return
    flushable.place = 'behind'
    this.#behind.add(flushable)
    if (!this.#ending) this.#awaitEnd()
  }

  /**
   * Calls `run` in a later turn: behind all that was deferred before, and behind what others have
   * read in that turn, and the answers to it. However much is deferred, no turn becomes longer by it
   * than `DEFERRED_MS` and the last one's work.
   */
  defer(run: () => void): void {
    this.#deferred.push(run)
    if (!this.#resuming) this.#begin()
  }

  /** The same, and never in this turn, though there be time for it. */
  nextTurn(run: () => void): void {
    if (this.#resuming) this.#nextTurn.push(run)
    else this.defer(run)
  }

  /**
   * Returns when a time slice that begins now ends. However many begin in one turn, it becomes no
   * longer by them than `ALL_SLICES_MS` and what each does before it looks at the clock: a few
   * commands, which is all that most have to do.
   */
  sliceEnd(): number {
    const now = this.now()
    this.#slicesEnd ??= now + ALL_SLICES_MS
    if (!this.#ending) this.#awaitEnd()
    return Math.min(now + TIME_SLICE_MS, this.#slicesEnd)
  }

  #awaitEnd(): void {
    this.#ending = true
    setImmediate(() => {
      this.#ending = false
      try {
        this.#flushFirst()
      } finally {
        if (this.#behind.size > 0) this.#flushBehind(this.now() + DEFERRED_MS)
      }
    })
  }

  /** The reads of the turn are over, and with what is sent here so are its time slices. Whoever throws keeps nobody from being sent. */
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
      this.#slicesEnd = undefined
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
      this.#slicesEnd = undefined
      if (this.#behind.size > 0 && !this.#ending) this.#awaitEnd()
    }
  }

  #begin(): void {
    this.#resuming = true
    setImmediate(() => {
      try {
        this.#flushFirst()
      } finally {
        this.#runDeferred(this.now() + DEFERRED_MS)
      }
    })
  }

  /** What one does goes on in promises: those are waited for. Who is alone has all of the time, without a round of the event loop for each slice. */
  #runDeferred(end: number): void {
    try {
      this.#deferred.shift()?.()
    } finally {
      afterPromises(() => {
        if (this.#deferred.length > 0 && this.now() < end) this.#runDeferred(end)
        else this.#endTurn()
      })
    }
  }

  #endTurn(): void {
    this.#resuming = false
    this.#slicesEnd = undefined
    const next = this.#nextTurn
    if (next.length > 0) {
      this.#nextTurn = []
      this.#deferred.push(...next)
    }
    if (this.#deferred.length > 0) this.#begin()
  }
}

/** All that is served by this thread shares it. */
export const SCHEDULER: EventLoopScheduler = new EventLoopScheduler(() => performance.now())

/** A tick that a microtask asks for comes when all microtasks have run. */
function afterPromises(run: () => void): void {
  queueMicrotask(() => process.nextTick(run))
}
