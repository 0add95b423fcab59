import { TIME_SLICE_MS } from '../core/time/scheduler.ts'
import type { Scheduler } from '../core/time/scheduler.ts'

/** Has output to send at the end of the turn. */
export interface Flushable {
  /** Its queue among those to flush; the scheduler sets it. Initially none. */
  place: 'first' | 'behind' | undefined
  flush(): void
}

/**
 * How long deferred work may run in one turn of the event loop. Output that replies to nothing of
 * this turn may be sent for as long.
 */
export const DEFERRED_MS = 0.0625

/** The total of all time slices that begin in one turn. */
export const ALL_SLICES_MS = 0.1875

/** Schedules the turns of this thread's event loop. */
export class EventLoopScheduler implements Scheduler {
  /** Returns milliseconds from an arbitrary start. */
  readonly now: () => number
  #first: Flushable[] = []
  /** In order. It is a set, because a session that receives input meanwhile moves to the front. */
  readonly #behind = new Set<Flushable>()
  /** Whether the end of this turn is scheduled. */
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
   * Calls `flushable.flush()` once this turn's work is done: for replies that a user waits for. All
   * share one `setImmediate`, which runs after the turn's reads and every promise that they have
   * settled. So echo, reply and prompt of a command leave in one write.
   */
  flushFirst(flushable: Flushable): void {
    if (flushable.place === 'first') return
    if (flushable.place === 'behind') this.#behind.delete(flushable)
    flushable.place = 'first'
    this.#first.push(flushable)
    if (!this.#ending) this.#awaitEnd()
  }

  /**
   * Does the same behind those: for output that replies to nothing read in this turn, such as one
   * user's message to all others. It lengthens no turn by more than `DEFERRED_MS` and the last
   * flush. The rest is sent in the next turns, in order.
   */
  flushBehind(flushable: Flushable): void {
    if (flushable.place !== undefined) return
    flushable.place = 'behind'
    this.#behind.add(flushable)
    if (!this.#ending) this.#awaitEnd()
  }

  /**
   * Calls `run` in a later turn: after all earlier deferred work, and after that turn's reads and
   * their replies. Deferred work lengthens no turn by more than `DEFERRED_MS` and the last
   * function's own work.
   */
  defer(run: () => void): void {
    this.#deferred.push(run)
    if (!this.#resuming) this.#begin()
  }

  /** Does the same, and never in this turn, even if time is left. */
  nextTurn(run: () => void): void {
    if (this.#resuming) this.#nextTurn.push(run)
    else this.defer(run)
  }

  /**
   * Returns when a time slice that begins now ends. All slices of one turn lengthen it by at most
   * `ALL_SLICES_MS`, and by what each does before it reads the clock. That is a few commands, which
   * is all that most sessions have.
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

  /**
   * Flushes at the end of the turn's reads; the turn's time slices end with it. One that throws
   * does not stop the others.
   */
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
      // What returns to the queue during the flush waits for another turn.
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

  /**
   * Runs deferred work until `end`, including the promises that it settles. A lone function has all
   * of the time, without a round of the event loop for each slice.
   */
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

/** Shared by all servers of this thread. */
export const SCHEDULER: EventLoopScheduler = new EventLoopScheduler(() => performance.now())

/**
 * Runs a function after all microtasks: a tick that a microtask requests comes when all of them
 * have run.
 */
function afterPromises(run: () => void): void {
  queueMicrotask(() => process.nextTick(run))
}
