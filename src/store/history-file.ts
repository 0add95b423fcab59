import { createHash } from 'node:crypto'
import { appendFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryStore } from '../editor/history-store.ts'

export type { HistoryStore } from '../editor/history-store.ts'

export interface HistoryFileOptions {
  /**
   * When a file has so many bytes a new one is begun; the old one is kept beside it, and the one
   * before that goes. Default 1 MiB.
   */
  limit?: number
}

/**
 * Keeps the histories of users in files, one for each user in a directory, which is made if it is
 * not there: readable by this process's user only (modes 0700 and 0600). For `createShell({
 * history: { store: historyFile('history') } })`.
 *
 * Files are only ever appended to, one write for each entry, so that any number of sessions and
 * processes can share them, and a crash costs the entry that was being written at most. An entry is
 * a JSON string in a line of its own; whatever else stands there is passed over.
 */
export function historyFile(directory: string, options: HistoryFileOptions = {}): HistoryStore {
  return new HistoryFiles(directory, options.limit ?? 1024 * 1024)
}

class HistoryFiles implements HistoryStore {
  readonly #directory: string
  readonly #limit: number
  /** The last thing under way for each file: entries of one process are written in their order. */
  readonly #queues: Map<string, Promise<unknown>> = new Map()

  constructor(directory: string, limit: number) {
    this.#directory = directory
    this.#limit = limit
  }

  load(user: string, size: number): Promise<readonly string[]> {
    const path = this.#pathOf(user)
    return this.#inTurn(path, async () => {
      await this.#renew(path)
      const [old, young] = await Promise.all([readIfThere(older(path)), readIfThere(path)])
      const entries = [...entriesOf(old), ...entriesOf(young)]
      return size === 0 ? [] : entries.slice(-size)
    })
  }

  /**
   * The line end comes first: whatever a crash has left of the entry before, this one begins a
   * line.
   */
  append(user: string, entry: string): Promise<void> {
    const path = this.#pathOf(user)
    return this.#inTurn(path, async () => {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 })
      await appendFile(path, `\n${JSON.stringify(entry)}`, { mode: 0o600 })
    })
  }

  clear(user: string): Promise<void> {
    const path = this.#pathOf(user)
    return this.#inTurn(path, async () => {
      await rm(path, { force: true })
      await rm(older(path), { force: true })
    })
  }

  /**
   * Begins a new file where this one is full. Who would do so at the same time leaves it to who
   * came first.
   */
  async #renew(path: string): Promise<void> {
    if ((await sizeOf(path)) < this.#limit) return
    const lock = `${path}.lock`
    if (!(await isTaken(lock))) return
    try {
      if ((await sizeOf(path)) >= this.#limit) await rename(path, older(path))
    } finally {
      await rm(lock, { force: true })
    }
  }

  #inTurn<T>(path: string, run: () => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(path) ?? Promise.resolve()).then(run)
    const settled: Promise<void> = turn.then(
      () => this.#leave(path, settled),
      () => this.#leave(path, settled),
    )
    this.#queues.set(path, settled)
    return turn
  }

  #leave(path: string, settled: Promise<unknown>): void {
    if (this.#queues.get(path) === settled) this.#queues.delete(path)
  }

  #pathOf(user: string): string {
    return join(this.#directory, fileNameOf(user))
  }
}

/**
 * A name from outside, as a file's: never a path, never hidden, and different for different users
 * on systems without capitals too.
 */
function fileNameOf(user: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(user)) return `${user}.history`
  return `${createHash('sha256').update(user).digest('hex')}.sha256.history`
}

function older(path: string): string {
  return `${path}.old`
}

function entriesOf(text: string): string[] {
  return text.split('\n').flatMap(line => entryOf(line) ?? [])
}

function entryOf(line: string): string | undefined {
  if (!line.startsWith('"')) return undefined
  try {
    return JSON.parse(line) as string
  } catch {
    return undefined
  }
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(unlessMissing(''))
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, unlessMissing(0))
}

/**
 * Takes a lock, which is a file that only one can make. One that a crash has left there is given up
 * after a minute.
 */
async function isTaken(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const age = await stat(lock).then(({ mtimeMs }) => Date.now() - mtimeMs, unlessMissing(0))
    if (age > LOCK_MS) await rm(lock, { force: true })
    return false
  }
}

const LOCK_MS = 60_000

function unlessMissing<T>(instead: T): (error: unknown) => T {
  return error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead
    throw error
  }
}
