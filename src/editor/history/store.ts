import { remember } from './entries.ts'

/**
 * Keeps users' histories beyond their sessions. Each method may be asynchronous. A failure is
 * logged, and the session continues without the store.
 *
 * A store never receives secrets. Masked input is never an entry, and an entry that its own command
 * has removed from `session.history` is not appended.
 */
export interface HistoryStore {
  /**
   * Whether the texts that `load` returns stay in the store's memory, so that sessions can share
   * them. From any other store each session copies its entries: a slice of a file's text would keep
   * all of that text in memory.
   * @default false
   */
  readonly sharesEntries?: boolean
  /**
   * Returns the newest entries of a user, oldest first, and no more than `size`. An entry may hold
   * newlines.
   */
  load(user: string, size: number): readonly string[] | Promise<readonly string[]>
  /** Adds one entry. Several sessions of a user may call it at the same time. */
  append(user: string, entry: string): void | Promise<void>
  /** Deletes all entries of a user. Sessions never call it: it is for commands. */
  clear(user: string): void | Promise<void>
}

/** Keeps the histories of the most recent users for as long as the process runs. */
export class MemoryHistory implements HistoryStore {
  readonly sharesEntries = true
  readonly #users: Map<string, string[]> = new Map()
  readonly #most: number

  /** `users` is the most users whose history is kept; default 1000. */
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
    // A map keeps the order of its keys: the first is the least recently active user.
    this.#users.delete(user)
    this.#users.set(user, entries)
    const [oldest] = this.#users.keys()
    if (this.#users.size > this.#most && oldest !== undefined) this.#users.delete(oldest)
  }

  clear(user: string): void {
    this.#users.delete(user)
  }
}

/** Per user; `remember` bounds their length as well. */
const MAX_ENTRIES = 2000
