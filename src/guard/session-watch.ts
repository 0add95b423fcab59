import type { ChosenLimits } from './limits.ts'

/** The time limits of one session, in milliseconds. */
export type WatchLimits = Pick<ChosenLimits, 'idleTimeout' | 'idleWarning' | 'sessionTimeout' | 'writeTimeout'>

/** The output of a session: what is queued, and all that was written. */
export interface OutputStatus {
  readonly queued: number
  readonly written: number
}

/** The state of a session when the watch checks it. */
export interface SessionStatus extends OutputStatus {
  /** Whether it waits for its user to type. */
  readonly reading: boolean
  /** When its user typed last. */
  readonly typedAt: number
}

/** What to do: nothing, warn the user, or end the session for that reason. */
export type Finding = 'warn' | EndReason | undefined
export type EndReason = 'idle' | 'session time' | 'write stall'

/**
 * Decides by the time of one session: its duration, its user's idle time, and its peer's stall.
 * Times are milliseconds of one clock.
 */
export class SessionWatch {
  readonly #limits: WatchLimits
  readonly #begun: number
  #active: number
  #warned = false
  /** Since when the peer has been behind, and how much it had read then. */
  #behind: { since: number; taken: number } | undefined
  /** The time by which the last output must be delivered. */
  #delivered: number | undefined

  constructor(limits: WatchLimits, now: number) {
    this.#limits = limits
    this.#begun = now
    this.#active = now
  }

  get begun(): number {
    return this.#begun
  }

  /** Milliseconds left when an idle user is warned. */
  get warning(): number {
    return this.#limits.idleWarning
  }

  /**
   * Records that more waits than the peer has room for. Returns whether that is new: the next check
   * is then due sooner.
   */
  startStall(now: number, { queued, written }: OutputStatus): boolean {
    if (this.#behind !== undefined) return false
    this.#behind = { since: now, taken: written - queued }
    return true
  }

  /** Records that the session is over except for the last of its output. */
  startLinger(now: number): void {
    this.#delivered = now + DELIVERY_MS
  }

  /** Decides by the time and the state of the session. */
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

  /** When to check again, unless something happens before. */
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

  /** Returns whether the peer is stalled. A peer that has read something is slow, not stalled. */
  #isStalled(now: number, { queued, written }: OutputStatus): boolean {
    if (this.#behind === undefined || now < this.#behind.since + this.#limits.writeTimeout) return false
    const taken = written - queued
    if (queued > 0 && taken === this.#behind.taken) return true
    this.#behind = queued === 0 ? undefined : { since: now, taken }
    return false
  }
}

/** How long a peer has to read what was written before the end, however steadily it reads. */
const DELIVERY_MS = 30_000
