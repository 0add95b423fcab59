import { createHash } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkOptions, wholeNumber } from '../core/options/options.ts'
import type { OptionTable } from '../core/options/options.ts'
import type { HistoryStore } from '../editor/history/store.ts'
import { FileQueue } from './file-queue.ts'
import {
  checkPrivateDirectory,
  openPrivateToAppend,
  openPrivateToRead,
  preparePrivateDirectory,
  unlessMissing,
} from './private-file.ts'

export { MemoryHistory } from '../editor/history/store.ts'
export type { HistoryStore } from '../editor/history/store.ts'

/** How `historyFile` keeps its files. */
export interface HistoryFileOptions {
  /**
   * Bytes that a file may have: with the entry that would exceed it a new one is begun. The old one
   * is kept beside it, and the one before that is removed. No more of a file is read. An entry that
   * is longer by itself is not kept.
   * @default 1 MiB
   */
  limit?: number
}

/**
 * Keeps the histories of users in files, one for each account in a directory, which is made if it
 * is not there: readable by this process's user only (modes 0700 and 0600). For
 * `createShell({ history: { store: historyFile('history') } })`.
 *
 * A directory that others may write, and a file that is not this user's, that others may read or
 * write, or that is a link, is refused with `HISTORY`.
 *
 * Files are only ever appended to, one write for each entry, so that any number of sessions and
 * processes can share them, and a crash costs the entry that was being written at most. An entry is
 * a JSON string in a line of its own; whatever else stands there is passed over.
 *
 * @throws an `AnswerbackError` (`OPTION`) for a `limit` that cannot be
 */
export function historyFile(directory: string, options: HistoryFileOptions = {}): HistoryStore {
  checkOptions('historyFile()', OPTIONS, options)
  const { limit = 1024 * 1024 } = options
  return new HistoryFiles(directory, limit)
}

const OPTIONS: OptionTable<HistoryFileOptions> = { limit: wholeNumber(1) }

class HistoryFiles implements HistoryStore {
  readonly #directory: string
  readonly #limit: number
  readonly #queue: FileQueue = new FileQueue()

  constructor(directory: string, limit: number) {
    this.#directory = directory
    this.#limit = limit
  }

  load(user: string, size: number): Promise<readonly string[]> {
    const path = this.#pathOf(user)
    return this.#queue.run(path, async () => {
      await checkPrivateDirectory(this.#directory)
      const young = entriesOf(await readEnd(path, this.#limit), size)
      if (young.length >= size) return young
      return [...entriesOf(await readEnd(older(path), this.#limit), size - young.length), ...young]
    })
  }

  /** The line end comes first: whatever a crash has left of the entry before, this one begins a line. */
  append(user: string, entry: string): Promise<void> {
    const path = this.#pathOf(user)
    const line = Buffer.from(`\n${JSON.stringify(entry)}`)
    if (line.length > this.#limit) return Promise.resolve()
    return this.#queue.run(path, async () => {
      await preparePrivateDirectory(this.#directory)
      if (await this.#appendTo(path, line, this.#limit)) return
      await this.#renew(path, line.length)
      // Where another process makes room just now, or has crashed in it, this one goes on a little
      // longer.
      await this.#appendTo(path, line, 2 * this.#limit)
    })
  }

  clear(user: string): Promise<void> {
    const path = this.#pathOf(user)
    return this.#queue.run(path, async () => {
      await rm(path, { force: true })
      await rm(older(path), { force: true })
    })
  }

  /**
   * Returns whether it has room: where the file would have more than `limit` bytes, nothing is
   * written.
   */
  async #appendTo(path: string, line: Buffer, limit: number): Promise<boolean> {
    const file = await openPrivateToAppend(path)
    try {
      const fits = (await file.stat()).size + line.length <= limit
      if (fits) await file.appendFile(line)
      return fits
    } finally {
      await file.close()
    }
  }

  /**
   * Begins a new file, where this one has no room for so many bytes more. Several processes may
   * want to at once.
   */
  async #renew(path: string, bytes: number): Promise<void> {
    const lock = `${path}.lock`
    if (!(await isTaken(lock))) return
    try {
      if ((await sizeOf(path)) + bytes > this.#limit) await rename(path, older(path))
    } finally {
      await rm(lock, { force: true })
    }
  }

  #pathOf(user: string): string {
    return join(this.#directory, fileNameOf(user))
  }
}

/** A name from outside, as a file's: never a path, never hidden, and different for different users on systems without capitals too. */
function fileNameOf(user: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(user)) return `${user}.history`
  return `${createHash('sha256').update(user).digest('hex')}.sha256.history`
}

function older(path: string): string {
  return `${path}.old`
}

/**
 * The last `most` bytes of a file, as text; empty where there is none. It may be longer than
 * `most`, from another time or another hand.
 */
async function readEnd(path: string, most: number): Promise<string> {
  const file = await openPrivateToRead(path)
  if (file === undefined) return ''
  try {
    const { size } = await file.stat()
    const buffer = Buffer.allocUnsafe(Math.min(size, most))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, Math.max(0, size - most))
    // What begins in the middle is no entry: only what stands behind a line end is looked at.
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The last `most` entries, oldest first. What comes before them is not looked at. */
function entriesOf(text: string, most: number): string[] {
  const entries: string[] = []
  let end = text.length
  while (entries.length < most && end > 0) {
    const begin = text.lastIndexOf('\n', end - 1)
    const entry = begin < 0 ? undefined : entryOf(text.slice(begin + 1, end))
    if (entry !== undefined) entries.push(entry)
    end = begin
  }
  return entries.reverse()
}

function entryOf(line: string): string | undefined {
  if (!line.startsWith('"')) return undefined
  try {
    return JSON.parse(line) as string
  } catch {
    return undefined
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, unlessMissing(0))
}

/** Takes a lock, which is a file that only one can make. One that a crash has left there is given up after a minute. */
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
