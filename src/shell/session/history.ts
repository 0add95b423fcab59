import type { Clock } from '../../core/time/clock.ts'
import type { Identity } from '../../core/connection.ts'
import type { Logger } from '../../core/log.ts'
import { adopt, ownCopy, remember } from '../../editor/history/entries.ts'
import type { HistoryPolicy } from '../../editor/history/entries.ts'
import type { HistoryStore } from '../../editor/history/store.ts'
import { isThenable } from '../../core/async/thenable.ts'

/**
 * How long the first prompt waits for a history, in milliseconds. A later one appears at the next
 * line.
 */
export const HISTORY_GRACE = 500

/** The policy for accepted inputs, and their store. */
export interface HistorySettings extends Required<HistoryPolicy> {
  readonly store: HistoryStore
  /** Whether the program has named the store; else it is the shell's own, in memory. */
  readonly chosen: boolean
}

/** The tools that a history needs of its session. */
export interface HistoryTools {
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The inputs of one session, after those of the user's earlier sessions. A new input is stored when
 * its command is over, if it is still in the list. So a command that removes its own input, because
 * of a password in it, keeps it out of the store as well.
 */
export class SessionHistory {
  /** Oldest first. Commands may change it. */
  readonly entries: string[] = []
  readonly #settings: HistorySettings
  readonly #tools: HistoryTools
  /** The user under whom it is stored. */
  #user: string | undefined
  #unsaved: string[] | undefined
  /** A history that came too late for the line being read. */
  #late: readonly string[] | undefined
  #loading: Promise<void> | undefined

  constructor(settings: HistorySettings, tools: HistoryTools) {
    this.#settings = settings
    this.#tools = tools
  }

  /**
   * Loads this user's history, and stores from now on. The default store is only for authenticated
   * users: a user who merely gives a name must not find another's input under it.
   */
  open({ name, account: user = name, proved }: Identity): void {
    if (user === '' || (proved !== true && !this.#settings.chosen)) return
    this.#user = user
    this.#guarded('load', () => {
      const entries = this.#settings.store.load(user, this.#settings.size)
      if (!isThenable(entries)) return this.#take(entries)
      this.#loading = Promise.resolve(entries)
        .then(loaded => void (this.#late = loaded))
        .catch(error => this.#failed('load', error))
    })
  }

  /** Calls `run` when the history is loaded, or fails: at once if there is nothing to wait for. */
  whenOpen(run: () => void): void {
    if (this.#loading === undefined) return run()
    let waiting = true
    const resume = (): void => {
      if (waiting) run()
      waiting = false
    }
    const cancel = this.#tools.clock.after(HISTORY_GRACE, resume)
    void this.#loading.then(() => {
      cancel()
      resume()
    })
  }

  /** Adds an accepted input, or an answer to be kept. */
  add(line: string): void {
    const added = remember(this.entries, line, this.#settings)
    if (added && this.#user !== undefined) (this.#unsaved ??= []).push(line)
  }

  /** Stores new inputs that are still in the list; called between two lines. */
  settle(): void {
    if (this.#late !== undefined) {
      this.#take(this.#late)
      this.#late = undefined
    }
    if (this.#unsaved === undefined) return
    for (const line of this.#unsaved) if (this.entries.lastIndexOf(line) >= 0) this.#append(line)
    this.#unsaved = undefined
  }

  #append(line: string): void {
    this.#guarded('append', () => {
      const done = this.#settings.store.append(this.#user as string, line)
      if (isThenable(done)) Promise.resolve(done).catch((error: unknown) => this.#failed('append', error))
    })
  }

  /** Puts earlier inputs before those of this session, by the same policy. */
  #take(earlier: readonly string[]): void {
    const own = this.entries.splice(0)
    const { sharesEntries = false } = this.#settings.store
    adopt(this.entries, sharesEntries ? earlier : earlier.map(ownCopy), this.#settings)
    adopt(this.entries, own, this.#settings)
  }

  #guarded(what: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#failed(what, error)
    }
  }

  #failed(what: string, err: unknown): void {
    this.#tools.log.error({ err, user: this.#user }, `the history store has failed to ${what}`)
  }
}
