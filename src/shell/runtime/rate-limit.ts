import type { Cancel, Clock } from '../../core/time/clock.ts'

/**
 * Beyond this many inputs a second they are allowed in tenths of a second. So one connection does
 * not delay the others with a whole second's worth.
 */
const MOST_AT_ONCE = 100

const NONE: ReadonlySet<RateLimited> = new Set()

/** A waiting session; `resume` is called when it may go on. */
export interface RateLimited {
  resume(): void
}

/**
 * The number of inputs of one connection that may run in a second; further ones wait. Several
 * sessions on one connection share it. Below the limit, counting reads no clock.
 */
export class RateLimit {
  readonly #clock: Clock
  readonly #shared: boolean
  readonly #perSecond: number
  #left: number
  /** The start of the current window. */
  #begun: number
  /** In order, while there are any. */
  #waiting: Set<RateLimited> | undefined
  #cancel: Cancel | undefined

  /** `shared` by several sessions: then the beginning of each counts as an input. */
  constructor(clock: Clock, perSecond: number, shared = false) {
    this.#clock = clock
    this.#shared = shared
    this.#perSecond = perSecond
    this.#left = this.#perWindow
    this.#begun = this.#now
  }

  /** Whole milliseconds: a fraction would be an object of 16 bytes in each session. */
  get #now(): number {
    return Math.floor(this.#clock.now())
  }

  /** The length of a window in milliseconds. */
  get #window(): number {
    return this.#perSecond > MOST_AT_ONCE ? 100 : 1000
  }

  get #perWindow(): number {
    return Math.ceil((this.#perSecond * this.#window) / 1000)
  }

  /** Counts an input that runs. */
  count(): void {
    this.#left -= 1
  }

  /** Returns whether one more input may run now. If not, resumes `waiting` when it may. */
  allows(waiting: RateLimited): boolean {
    if (this.#left > 0) return true
    const now = this.#now
    const wait = this.#begun + this.#window - now
    if (wait <= 0) {
      this.#begun = now
      this.#left = this.#perWindow
      return true
    }
    this.#waiting ??= new Set()
    this.#waiting.add(waiting)
    this.#cancel ??= this.#clock.after(wait, () => this.#resumeAll())
    return false
  }

  /** Returns whether a session may begin now. If not, resumes `waiting` when it may. */
  admits(waiting: RateLimited): boolean {
    if (!this.#shared) return true
    if (!this.allows(waiting)) return false
    this.count()
    return true
  }

  /** A session that begins with a command counts as one input together with it. */
  beginsWithCommand(): void {
    if (this.#shared) this.#left += 1
  }

  /** Removes `waiting` from the queue. */
  leave(waiting: RateLimited): void {
    if (this.#waiting?.delete(waiting) !== true || this.#waiting.size > 0) return
    this.#waiting = undefined
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Resumes all. The first may use up the whole window: then it is the last of the next one. */
  #resumeAll(): void {
    const waiting = this.#waiting ?? NONE
    this.#waiting = undefined
    this.#cancel = undefined
    for (const each of waiting) each.resume()
    const [first] = waiting
    if (first !== undefined) this.#putLast(first)
  }

  #putLast(waiting: RateLimited): void {
    if (this.#waiting?.delete(waiting) === true) this.#waiting.add(waiting)
  }
}
