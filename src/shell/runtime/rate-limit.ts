import type { Cancel, Clock } from '../../core/time/clock.ts'

/**
 * Beyond this many a second they are dealt out in tenths of it, so that no connection keeps the
 * others waiting with a whole second's worth.
 */
const MOST_AT_ONCE = 100

const NONE: ReadonlySet<RateLimited> = new Set()

/** What is told when it may go on. */
export interface RateLimited {
  resume(): void
}

/**
 * How many inputs of one connection may run in a second; what is more waits. Several sessions on
 * one connection share it. Counting costs nothing but the count, until it is full.
 */
export class RateLimit {
  readonly #clock: Clock
  readonly #shared: boolean
  readonly #perSecond: number
  #left: number
  /** When the window began that is counted now. */
  #begun: number
  /** In order, while there are any. */
  #waiting: Set<RateLimited> | undefined
  #cancel: Cancel | undefined

  /** `shared`: by several sessions; then each that begins counts as an input. */
  constructor(clock: Clock, perSecond: number, shared = false) {
    this.#clock = clock
    this.#shared = shared
    this.#perSecond = perSecond
    this.#left = this.#perWindow
    this.#begun = this.#now
  }

  /** Whole milliseconds: a fraction that is kept is an object of 16 bytes, for each session. */
  get #now(): number {
    return Math.floor(this.#clock.now())
  }

  /** So many milliseconds are counted together. */
  get #window(): number {
    return this.#perSecond > MOST_AT_ONCE ? 100 : 1000
  }

  get #perWindow(): number {
    return Math.ceil((this.#perSecond * this.#window) / 1000)
  }

  /** One has run. */
  count(): void {
    this.#left -= 1
  }

  /** Whether one more may run now; if not, `waiting` is told when it may. */
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

  /** Whether a session may begin now; if not, `waiting` is told when it may. */
  admits(waiting: RateLimited): boolean {
    if (!this.#shared) return true
    if (!this.allows(waiting)) return false
    this.count()
    return true
  }

  /** A session that begins with a command is one input with it. */
  beginsWithCommand(): void {
    if (this.#shared) this.#left += 1
  }

  /** It waits no more. */
  leave(waiting: RateLimited): void {
    if (this.#waiting?.delete(waiting) !== true || this.#waiting.size > 0) return
    this.#waiting = undefined
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Tells all. The first may use up what there is: then it is behind the others the next time. */
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
