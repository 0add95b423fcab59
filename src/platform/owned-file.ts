import { realpathSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { faultOfFile } from '../core/file-trust.ts'

/**
 * Returns the `Stats` of a file that only this process's user, or root, may change. That includes
 * its directory, where another file could replace it. If a path goes by links, the directory of the
 * target counts as well. Throws otherwise, with the reason as message. `forbidden` is as for
 * `faultOfFile`.
 */
export function statOwned(path: string, forbidden: 0o022 | 0o077): Stats {
  const facts = statSync(path)
  const directories = new Set([dirname(path), dirname(realpathSync(path))])
  const fault = faultOfFile(path, facts, userId(), forbidden) ?? [...directories].map(faultOfDirectory).find(Boolean)
  if (fault !== undefined) throw new Error(fault)
  return facts
}

function faultOfDirectory(directory: string): string | undefined {
  const fault = faultOfFile(directory, statSync(directory), userId(), 0o022)
  return fault && `of its directory, ${fault}`
}

function userId(): number | undefined {
  return process.getuid?.()
}
