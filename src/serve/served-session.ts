import type { Clock } from '../core/time/clock.ts'
import type { Connection } from '../core/connection.ts'
import type { Deadlines, Scheduled } from '../core/time/deadlines.ts'
import type { HostedSession, Admission } from '../core/transport.ts'
import { GuardedConnection } from '../guard/guarded-connection.ts'
import type { GuardListener } from '../guard/guarded-connection.ts'
import type { ChosenLimits } from '../guard/limits.ts'
import { SessionWatch } from '../guard/session-watch.ts'

/** What a session needs of the list of all sessions. */
export interface SessionRegistry<S> {
  readonly clock: Clock
  readonly deadlines: Deadlines
  /** Removes a session that has ended. */
  remove(session: ServedSession<S>): void
}

/** A served session, with its limits. */
export class ServedSession<S> implements GuardListener, Scheduled {
  slot: number | undefined
  hosted: HostedSession<S> | undefined
  isLoggedIn = false
  readonly connection: GuardedConnection
  readonly #admission: Admission | undefined
  readonly #watch: SessionWatch
  readonly #registry: SessionRegistry<S>
  #typedAt: number

  constructor(connection: Connection, admission: Admission | undefined, limits: ChosenLimits, all: SessionRegistry<S>) {
    this.connection = new GuardedConnection(connection, limits.maxQueuedOutput, this)
    this.#admission = admission
    this.#registry = all
    this.#typedAt = this.#now
    this.#watch = new SessionWatch(limits, this.#typedAt)
    all.deadlines.schedule(this)
  }

  get id(): string {
    return this.connection.facts.id
  }

  /** Records its user's login. */
  onLogin(): void {
    this.isLoggedIn = true
    this.#admission?.loggedIn()
  }

  /** Records its end. */
  close(): void {
    this.#registry.remove(this)
    this.#registry.deadlines.cancel(this)
    this.#admission?.release()
  }

  get dueAt(): number {
    return this.#watch.next
  }

  onDue(): void {
    const { connection, hosted } = this
    const status = { ...connection.output, reading: hosted?.reading ?? false, typedAt: this.#typedAt }
    const finding = this.#watch.look(this.#now, status)
    if (finding === 'warn')
      this.hosted?.tell(`You have been idle. The session ends in ${durationText(this.#watch.warning)}.`)
    else if (finding === 'write stall') this.connection.abort(finding)
    else if (finding !== undefined) this.#end(finding)
  }

  onInput(): void {
    this.#typedAt = Math.floor(this.#registry.clock.now())
  }

  onBackPressure(): void {
    if (this.#watch.startStall(this.#now, this.connection.output)) this.#registry.deadlines.schedule(this)
  }

  onLinger(): void {
    this.#watch.startLinger(this.#now)
    this.#registry.deadlines.schedule(this)
  }

  /** Whole milliseconds: a stored fraction would be an object of 16 bytes. */
  get #now(): number {
    return Math.floor(this.#registry.clock.now())
  }

  #end(reason: 'idle' | 'session time'): void {
    this.hosted?.tell(END_TEXTS[reason], true)
    this.hosted?.end(reason, 1)
  }
}

const END_TEXTS = {
  idle: 'You have been idle for too long. The session ends.',
  'session time': 'The session has lasted as long as it may, and ends.',
} as const

/** Returns a duration for people, in seconds. */
function durationText(ms: number): string {
  const count = Math.round(ms / 1000)
  if (count % 60 === 0) return count === 60 ? '1 minute' : `${count / 60} minutes`
  return count === 1 ? '1 second' : `${count} seconds`
}
