import type { Clock } from '../core/time/clock.ts'
import type { Connection } from '../core/connection.ts'
import type { Deadlines } from '../core/time/deadlines.ts'
import type { Admission } from '../core/transport.ts'
import { Waiters } from '../core/async/waiters.ts'
import type { ChosenLimits } from '../guard/limits.ts'
import { ServedSession } from './served-session.ts'
import type { SessionRegistry } from './served-session.ts'

/** The sessions of one server, from their connections' opening to their ends. */
export class ServedSessions<S> implements SessionRegistry<S> {
  readonly clock: Clock
  readonly deadlines: Deadlines
  readonly #all: Map<string, ServedSession<S>> = new Map()
  readonly #emptied = new Waiters()

  constructor(clock: Clock, deadlines: Deadlines) {
    this.clock = clock
    this.deadlines = deadlines
  }

  get size(): number {
    return this.#all.size
  }

  /** The sessions of logged-in users. */
  get sessions(): S[] {
    return [...this.#all.values()].flatMap(({ hosted, isLoggedIn: isIn }) => (isIn && hosted ? hosted.session : []))
  }

  add(connection: Connection, admission: Admission | undefined, limits: ChosenLimits): ServedSession<S> {
    const session = new ServedSession(connection, admission, limits, this)
    this.#all.set(session.id, session)
    return session
  }

  /** Records the login of a session's user. */
  onLogin(id: string): void {
    this.#all.get(id)?.onLogin()
  }

  shutdown(message: string, force: boolean): void {
    for (const { hosted } of this.#all.values()) hosted?.shutdown(message, force)
  }

  /** Resolves when no session is left. */
  whenEmpty(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : this.#emptied.wait()
  }

  /** Removes a session, which calls it itself. */
  remove(session: ServedSession<S>): void {
    this.#all.delete(session.id)
    if (this.size === 0) this.#emptied.release()
  }
}
