import type { Scheduler } from '../../core/time/scheduler.ts'
import type { Connection } from '../../core/connection.ts'
import { Awaited } from './awaited.ts'
import type { SessionEnd } from './session-end.ts'
import { Later } from './later.ts'

/** An awaited write. */
interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * The writes of one session that cannot resolve at once. Either there is no room, or the session,
 * or the command that has written, is over. Their text is sent all the same. A write that does not
 * wait for the peer settles in a later turn.
 */
export class Writes {
  /** A write without room: resolves when there is room, rejects when the session ends before. */
  readonly room: Promise<void> = new Awaited((resolve, reject) => this.#wait({ resolve, reject }))
  readonly #connection: Connection
  readonly #end: SessionEnd
  readonly later: Later
  readonly #waiting: Set<Waiter> = new Set()

  constructor(connection: Connection, end: SessionEnd, scheduler: Scheduler) {
    this.#connection = connection
    this.#end = end
    this.later = new Later(scheduler)
  }

  /** Rejects with what `reason` returns. */
  refused(reason: () => Error): Promise<never> {
    return new Awaited((_, reject) => this.later.do(() => reject(reason())))
  }

  /** A write after the end of the session: rejects, except in the hooks of the end. */
  over(): Promise<void> {
    return this.#end.hooksRun ? this.room : this.refused(() => this.#end.error)
  }

  /** Rejects all waiting writes: the session ends. */
  end(): void {
    for (const waiter of this.#waiting) this.later.do(() => waiter.reject(this.#end.error))
    this.#waiting.clear()
  }

  #wait(waiter: Waiter): void {
    this.#waiting.add(waiter)
    void this.#connection.drained().then(() => this.#drained(waiter))
  }

  #drained(waiter: Waiter): void {
    if (!this.#waiting.delete(waiter)) return
    if (!this.#end.over) waiter.resolve()
    else if (this.#end.hooksRun) this.later.do(waiter.resolve)
    else this.later.do(() => waiter.reject(this.#end.error))
  }
}
