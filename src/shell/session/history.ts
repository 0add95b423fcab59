import type { Clock } from '../../core/time/clock.ts'
import type { Identity } from '../../core/connection.ts'
import type { Logger } from '../../core/log.ts'
import { adopt, ownCopy, remember } from '../../editor/history/entries.ts'
import type { HistoryPolicy } from '../../editor/history/entries.ts'
import type { HistoryStore } from '../../editor/history/store.ts'
import { isThenable } from '../../core/async/thenable.ts'

/**
 * How long the first prompt waits for a history, in milliseconds. One that comes later is there at
 * the next line.
 */
export const HISTORY_GRACE = 500

/** What becomes of inputs when they have been taken. */
export interface HistorySettings extends Required<HistoryPolicy> {
  readonly store: HistoryStore
  /** The program has named the store; else it is ours, in memory. */
  readonly chosen: boolean
}

/** What a history needs of the session around it. */
export interface HistoryTools {
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The inputs of one session, before them those of the same user's earlier ones. A new one is stored
 * when its command is over, and only if it is still in the list then: a command that takes its own
 * input out, because a password was in it, keeps it out of the store as well.
 */
export class SessionHistory {
  /** Oldest first. Commands may change it. */
  readonly entries: string[] = []
  readonly #settings: HistorySettings
  readonly #tools: HistoryTools
  /** Whose it is, where it is stored. */
  #user: string | undefined
  #unsaved: string[] | undefined
  /** Came too late for the line that is being read. */
  #late: readonly string[] | undefined
  #loading: Promise<void> | undefined

  constructor(settings: HistorySettings, tools: HistoryTools) {
    this.#settings = settings
    this.#tools = tools
  }

  /**
   * Fetches what there is of this user, and stores from now on. Where the program has not chosen a
   * store, only for those who have proved who they are: a user who merely gives a name must not
   * find what another has typed under it.
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

  /**
   * Calls `run` when what was fetched is there, or does not come: at once, where nothing need be
   * waited for.
   */
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

  /** An input has been taken, or an answer that is to be kept. */
  add(line: string): void {
    const added = remember(this.entries, line, this.#settings)
    if (added && this.#user !== undefined) (this.#unsaved ??= []).push(line)
  }

  /** Between two lines: stores what is new and still there. */
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
