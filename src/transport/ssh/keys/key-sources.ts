import { readFileSync } from 'node:fs'
import { AnswerbackError, messageOf } from '../../../core/options/errors.ts'
import type { Logger } from '../../../core/log.ts'
import { statOwned } from '../../../platform/owned-file.ts'
import { readAuthorizedKeys, type AuthorizedKey } from './authorized-keys.ts'

/** The admitted keys, as they are now. */
export interface KeySource {
  keys(log: Logger): readonly AuthorizedKey[]
}

/**
 * Returns the sources that `given` names: paths of files, or the text itself. Throws `KEYS` for one
 * that cannot be read, or a file that other users can change.
 */
export function keySources(given: string | readonly string[] | undefined, log: Logger, mostBits?: number): KeySource[] {
  const items = [given ?? []].flat()
  return items.map(item => (isKeyText(item) ? textSource(item, mostBits) : new FileSource(item, log, mostBits)))
}

/**
 * Returns whether an item is lines of keys, not a path: every key's base64 begins with its type's
 * length, which is `AAAA`.
 */
function isKeyText(item: string): boolean {
  return item.includes('\n') || /\sAAAA/.test(item)
}

function textSource(text: string, mostBits: number | undefined): KeySource {
  const { keys, refused } = readAuthorizedKeys(text, mostBits)
  const [first] = refused
  if (first !== undefined)
    throw new AnswerbackError('KEYS', { source: `line ${first.line} of the text`, reason: first.reason })
  return { keys: () => keys }
}

/** A file, read again when it changes. */
class FileSource implements KeySource {
  readonly #path: string
  readonly #mostBits: number | undefined
  #keys: readonly AuthorizedKey[] = []
  #stamp = ''
  #fault: string | undefined

  constructor(path: string, log: Logger, mostBits: number | undefined) {
    this.#path = path
    this.#mostBits = mostBits
    try {
      this.#read(log)
    } catch (error) {
      throw new AnswerbackError('KEYS', { source: path, reason: messageOf(error) }, { cause: error })
    }
  }

  keys(log: Logger): readonly AuthorizedKey[] {
    try {
      this.#read(log)
      this.#fault = undefined
    } catch (error) {
      this.#keys = []
      this.#stamp = ''
      this.#tell(error, log)
    }
    return this.#keys
  }

  #read(log: Logger): void {
    const stamp = stampOf(this.#path)
    if (stamp === this.#stamp) return
    this.#keys = []
    this.#stamp = stamp
    this.#keys = readFile(this.#path, log, this.#mostBits)
  }

  /**
   * Logs a change of the error only: each login with a key reads the file, and an attacker's many
   * must not fill the log.
   */
  #tell(err: unknown, log: Logger): void {
    const fault = messageOf(err)
    if (fault !== this.#fault) log.error({ err, path: this.#path }, 'a file of keys cannot be read, and lets nobody in')
    this.#fault = fault
  }
}

/**
 * Returns the stamp of a file; throws if other users may change it, because they would decide who
 * is admitted.
 */
function stampOf(path: string): string {
  const { ino, size, mtimeMs } = statOwned(path, 0o022)
  return `${ino} ${size} ${mtimeMs}`
}

function readFile(path: string, log: Logger, mostBits: number | undefined): readonly AuthorizedKey[] {
  const { keys, refused } = readAuthorizedKeys(readFileSync(path, 'utf8'), mostBits)
  for (const { line, reason } of refused) log.warn({ path, line, reason }, 'a line of keys lets nobody in')
  return keys
}
