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
   * The most bytes of a file: the entry that would exceed it begins a new file. The old file is
   * kept beside it; the one before that is removed. No more of a file is read. An entry that alone
   * is longer is not kept.
   * @default 1 MiB
   */
  limit?: number
}

/**
 * Keeps users' histories in files, one for each account, in a directory that is created if missing.
 * Only this process's user can read them (modes 0700 and 0600). For
 * `createShell({ history: { store: historyFile('history') } })`.
 *
 * A directory that others may write is refused with `HISTORY`. So is a file that is another user's,
 * is a link, or that others may read or write.
 *
 * Files are only appended to, with one write for each entry. So any number of sessions and
 * processes can share them, and a crash costs at most the entry being written. An entry is a JSON
 * string in a line of its own; other lines are ignored.
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

  /**
   * Appends an entry. It begins with a line end, so that it has its own line even after a crash in
   * the middle of the entry before.
   */
  append(user: string, entry: string): Promise<void> {
    const path = this.#pathOf(user)
    const line = Buffer.from(`\n${JSON.stringify(entry)}`)
    if (line.length > this.#limit) return Promise.resolve()
    return this.#queue.run(path, async () => {
      await preparePrivateDirectory(this.#directory)
      if (await this.#appendTo(path, line, this.#limit)) return
      await this.#renew(path, line.length)
      // While another process makes room, or after it has crashed in it, this one may exceed the
      // limit a little.
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

  /** Returns whether there was room: nothing is written if the file would exceed `limit` bytes. */
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
   * Begins a new file if this one has no room for `bytes` more. Several processes may do so at
   * once.
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

/**
 * Returns a file name for an untrusted user name: never a path, never hidden. Different users have
 * different files even on a system that ignores case.
 */
function fileNameOf(user: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(user)) return `${user}.history`
  return `${createHash('sha256').update(user).digest('hex')}.sha256.history`
}

function older(path: string): string {
  return `${path}.old`
}

/**
 * Returns the last `most` bytes of a file, as text; empty if there is none. The file may be longer,
 * because an older limit or another program made it so.
 */
async function readEnd(path: string, most: number): Promise<string> {
  const file = await openPrivateToRead(path)
  if (file === undefined) return ''
  try {
    const { size } = await file.stat()
    const buffer = Buffer.allocUnsafe(Math.min(size, most))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, Math.max(0, size - most))
    // A read that begins in the middle of an entry skips to the next line end.
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Returns the last `most` entries, oldest first. Earlier ones are not parsed. */
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

/**
 * Takes a lock: a file that only one process can create. A lock that a crash has left is ignored
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
