import type { ChosenLimits } from './limits.ts'

/** Limits of one session's time, in milliseconds. */
export type WatchLimits = Pick<ChosenLimits, 'idleTimeout' | 'idleWarning' | 'sessionTimeout' | 'writeTimeout'>

/** How a session stands when it is looked at. */
export interface Standing {
  /** It waits for its user to type. */
  readonly reading: boolean
  /** What is written and not yet taken, and how much has been written altogether. */
  readonly queued: number
  readonly written: number
}

/** What is to be done: nothing, the user told, or the session ended for that reason. */
export type Finding = 'warn' | EndReason | undefined
export type EndReason = 'idle' | 'session time' | 'write stall'

/**
 * The time of one session, as a decision: how long it has lasted, how long its user has typed nothing, how long its peer has taken nothing. It is told when
 * something happens, and is looked at when it says. Times are milliseconds of one clock.
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

  /** The user has typed. */
  typed(now: number): void {
    this.#active = now
    this.#warned = false
  }

  /** More waits than the peer has room for. Answers whether that is new: the next look is due sooner then. */
  fellBehind(now: number, { queued, written }: Standing): boolean {
    if (this.#behind !== undefined) return false
    this.#behind = { since: now, taken: written - queued }
    return true
  }

  /** It is over but for the last of its output. */
  lingers(now: number): void {
    this.#delivered = now + DELIVERY
  }

  /** Judges by the time, and by how the session stands. */
  look(now: number, standing: Standing): Finding {
    if (now >= (this.#delivered ?? Infinity)) return 'write stall'
    if (now >= this.#begun + this.#limits.sessionTimeout) return 'session time'
    if (this.#isStalled(now, standing)) return 'write stall'
    if (!standing.reading) this.typed(now)
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

  get #warnAfter(): number {
    const { idleTimeout, idleWarning } = this.#limits
    return idleWarning === Infinity ? idleTimeout : idleTimeout - idleWarning
  }

  /** A peer that has taken something is slow, and not stalled. */
  #isStalled(now: number, { queued, written }: Standing): boolean {
    if (this.#behind === undefined || now < this.#behind.since + this.#limits.writeTimeout) return false
    const taken = written - queued
    if (queued > 0 && taken === this.#behind.taken) return true
    this.#behind = queued === 0 ? undefined : { since: now, taken }
    return false
  }
}

/** Milliseconds that a peer has to take what was written before the end, however steadily it does. */
const DELIVERY = 30_000
