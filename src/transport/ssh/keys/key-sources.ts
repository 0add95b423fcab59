import { readFileSync } from 'node:fs'
import { AnswerbackError, messageOf } from '../../../core/options/errors.ts'
import type { Logger } from '../../../core/log.ts'
import { statOwned } from '../../../platform/owned-file.ts'
import { readAuthorizedKeys, type AuthorizedKey } from './authorized-keys.ts'

/** Keys that are let in, as they are now. */
export interface KeySource {
  keys(log: Logger): readonly AuthorizedKey[]
}

/**
 * Returns what `given` names: paths of files, or the text itself. Throws `KEYS` for what cannot be
 * read, or where others than this process's user could change a file.
 */
export function keySources(given: string | readonly string[] | undefined, log: Logger, mostBits?: number): KeySource[] {
  const items = [given ?? []].flat()
  return items.map(item => (isKeyText(item) ? textSource(item, mostBits) : new FileSource(item, log, mostBits)))
}

/**
 * Lines of keys, not the path of a file: every key's base64 begins with its type's length, which is
 * `AAAA`.
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

/** A file, which is read again when it changes. */
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

  /** Each login that offers a key looks at the file: a stranger's many are not to fill the log. */
  #tell(err: unknown, log: Logger): void {
    const fault = messageOf(err)
    if (fault !== this.#fault) log.error({ err, path: this.#path }, 'a file of keys cannot be read, and lets nobody in')
    this.#fault = fault
  }
}

/** A user who may change the file decides who comes in. */
function stampOf(path: string): string {
  const { ino, size, mtimeMs } = statOwned(path, 0o022)
  return `${ino} ${size} ${mtimeMs}`
}

function readFile(path: string, log: Logger, mostBits: number | undefined): readonly AuthorizedKey[] {
  const { keys, refused } = readAuthorizedKeys(readFileSync(path, 'utf8'), mostBits)
  for (const { line, reason } of refused) log.warn({ path, line, reason }, 'a line of keys lets nobody in')
  return keys
}
