import { realpathSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { faultOfFile } from '../core/file-trust.ts'

/**
 * Returns what the system says of a file that only this process's user, or root, may change: it,
 * and its directory, where another could be put in its place. A path may go by links: then the directory
 * of what it leads to counts as well. Throws where it is not so; the message is the reason.
 * `forbidden`: as `faultOfFile` has it.
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
