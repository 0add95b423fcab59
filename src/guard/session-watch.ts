import type { ChosenLimits } from './limits.ts'

/** Limits of one session's time, in milliseconds. */
export type WatchLimits = Pick<ChosenLimits, 'idleTimeout' | 'idleWarning' | 'sessionTimeout' | 'writeTimeout'>

/** The output of a session: what its peer has not yet taken, and all that was written. */
export interface OutputStatus {
  readonly queued: number
  readonly written: number
}

/** The state of a session when the watch looks at it. */
export interface SessionStatus extends OutputStatus {
  /** It waits for its user to type. */
  readonly reading: boolean
  /** When its user has typed last. */
  readonly typedAt: number
}

/** What is to be done: nothing, the user told, or the session ended for that reason. */
export type Finding = 'warn' | EndReason | undefined
export type EndReason = 'idle' | 'session time' | 'write stall'

/**
 * The time of one session, as a decision: how long it has lasted, how long its user has typed
 * nothing, how long its peer has taken nothing. Times are milliseconds of one clock.
 */
export class SessionWatch {
  readonly #limits: WatchLimits
  readonly #begun: number
  #active: number
  #warned = false
  /** Since when the peer has been behind, and how much it had taken then. */
  #behind: { since: number; taken: number } | undefined
  /** When the last of its output must have been taken. */
  #delivered: number | undefined

  constructor(limits: WatchLimits, now: number) {
    this.#limits = limits
    this.#begun = now
    this.#active = now
  }

  get begun(): number {
    return this.#begun
  }

  /** Milliseconds that are left when the user is told that they have been idle. */
  get warning(): number {
    return this.#limits.idleWarning
  }

  /**
   * More waits than the peer has room for. Returns whether that is new: the next look is due sooner
   * then.
   */
  startStall(now: number, { queued, written }: OutputStatus): boolean {
    if (this.#behind !== undefined) return false
    this.#behind = { since: now, taken: written - queued }
    return true
  }

  /** It is over but for the last of its output. */
  startLinger(now: number): void {
    this.#delivered = now + DELIVERY_MS
  }

  /** Decides by the time, and by the state of the session. */
  look(now: number, status: SessionStatus): Finding {
    if (now >= (this.#delivered ?? Infinity)) return 'write stall'
    if (now >= this.#begun + this.#limits.sessionTimeout) return 'session time'
    if (this.#isStalled(now, status)) return 'write stall'
    this.#noteActivity(status.reading ? status.typedAt : now)
    const idle = now - this.#active
    if (idle >= this.#limits.idleTimeout) return 'idle'
    if (this.#warned || idle < this.#warnAfter) return undefined
    this.#warned = true
    return 'warn'
  }

  /** When to look again, unless something happens. */
  get next(): number {
    const { sessionTimeout, idleTimeout, writeTimeout } = this.#limits
    const idle = this.#warned ? idleTimeout : this.#warnAfter
    const stall = this.#behind === undefined ? Infinity : this.#behind.since + writeTimeout
    return Math.min(this.#begun + sessionTimeout, this.#active + idle, stall, this.#delivered ?? Infinity)
  }

  #noteActivity(at: number): void {
    if (at <= this.#active) return
    this.#active = at
    this.#warned = false
  }

  get #warnAfter(): number {
    const { idleTimeout, idleWarning } = this.#limits
    return idleWarning === Infinity ? idleTimeout : idleTimeout - idleWarning
  }

  /** A peer that has taken something is slow, and not stalled. */
  #isStalled(now: number, { queued, written }: OutputStatus): boolean {
    if (this.#behind === undefined || now < this.#behind.since + this.#limits.writeTimeout) return false
    const taken = written - queued
    if (queued > 0 && taken === this.#behind.taken) return true
    this.#behind = queued === 0 ? undefined : { since: now, taken }
    return false
  }
}

/** How long a peer has to take what was written before the end, however steadily it does. */
const DELIVERY_MS = 30_000
