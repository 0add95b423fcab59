import { remember } from './entries.ts'

/**
 * Where the histories of users last longer than their sessions. Each method may take its time; what
 * it throws or rejects with is logged, and the session goes on without. Secrets do not come here:
 * what was typed unseen is never an entry, and an entry that its own command has taken out of
 * `session.history` is not appended.
 */
export interface HistoryStore {
  /**
   * What `load` returns are texts of their own, which the store keeps in memory, so that sessions
   * share them. Of any other store each session copies its entries: a piece of a file's text keeps
   * all of that text in memory.
   * @default false
   */
  readonly sharesEntries?: boolean
  /**
   * The newest entries of a user, oldest first, and no more than `size`. An entry may hold
   * newlines.
   */
  load(user: string, size: number): readonly string[] | Promise<readonly string[]>
  /** Adds one entry. Several sessions of one user may do so at the same time. */
  append(user: string, entry: string): void | Promise<void>
  /** Forgets all entries of a user. Sessions never do: it is for commands. */
  clear(user: string): void | Promise<void>
}

/** Keeps histories as long as the process lives, of the users that came last. */
export class MemoryHistory implements HistoryStore {
  readonly sharesEntries = true
  readonly #users: Map<string, string[]> = new Map()
  readonly #most: number

  /** `users`: of so many users the history is kept; default 1000. */
  constructor(users: number = 1000) {
    this.#most = users
  }

  load(user: string, size: number): readonly string[] {
    const entries = this.#users.get(user) ?? []
    return size === 0 ? [] : entries.slice(-size)
  }

  append(user: string, entry: string): void {
    const entries = this.#users.get(user) ?? []
    remember(entries, entry, { size: MAX_ENTRIES, duplicates: 'keep' })
    // A map keeps the order of its keys: the first is the one that has been silent for longest.
    this.#users.delete(user)
    this.#users.set(user, entries)
    const [oldest] = this.#users.keys()
    if (this.#users.size > this.#most && oldest !== undefined) this.#users.delete(oldest)
  }

  clear(user: string): void {
    this.#users.delete(user)
  }
}

/** Of one user; `remember` bounds their length as well. */
const MAX_ENTRIES = 2000
