import { constants } from 'node:fs'
import { mkdir, open, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AnswerbackError, messageOf } from '../core/options/errors.ts'
import { faultOfFile } from '../core/file-trust.ts'

/**
 * Files of what users have typed, in a directory of their own. Only this process's user can read
 * them. No link leads to them, since a link would read or write another's files. Anything else is
 * refused with `HISTORY`, and the error says what to do.
 */

/**
 * Creates the directory, mode 0700, if it is missing; an existing one must not be writable by
 * others.
 */
export async function preparePrivateDirectory(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 }).catch(refusing(path))
  if (made === undefined) await checkPrivateDirectory(path)
}

/** Checks a directory that may be missing: a missing one holds no other user's files. */
export async function checkPrivateDirectory(path: string): Promise<void> {
  for (const [directory, of] of [
    [path, ''],
    [dirname(path), 'of the directory around it, '],
  ] as const) {
    const facts = await stat(directory).catch(unlessMissing(undefined)).catch(refusing(path))
    const fault = facts && faultOfFile(directory, facts, process.getuid?.(), 0o022)
    if (fault !== undefined) throw refused(path, `${of}${fault}`)
  }
}

/** Opens a file to append to, mode 0600, and creates it if missing. The caller closes it. */
export function openPrivateToAppend(path: string): Promise<FileHandle> {
  return openPrivate(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT)
}

/** Opens a file to read; returns `undefined` if there is none. The caller closes it. */
export function openPrivateToRead(path: string): Promise<FileHandle | undefined> {
  return openPrivate(path, constants.O_RDONLY).catch(unlessMissing(undefined))
}

async function openPrivate(path: string, flags: number): Promise<FileHandle> {
  // Windows has neither flag; there only administrators make links. A pipe instead of a file must
  // not block.
  const file = await open(path, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), 0o600).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code === 'ELOOP' ? refused(path, 'it is a link, and links are not followed: remove it') : error
    },
  )
  try {
    const facts = await file.stat()
    const fault = facts.isFile() ? faultOfFile(path, facts, process.getuid?.(), 0o077) : 'it is no file'
    if (fault !== undefined) throw refused(path, fault)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

export function unlessMissing<T>(instead: T): (error: unknown) => T {
  return error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead
    throw error
  }
}

function refused(path: string, reason: string, cause?: unknown): AnswerbackError {
  return new AnswerbackError('HISTORY', { path, reason }, { cause })
}

function refusing(path: string): (error: unknown) => never {
  return error => {
    throw refused(path, messageOf(error), error)
  }
}
