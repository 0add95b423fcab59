/** What the system reports of a file or a directory, as `fs.Stats` has it. */
export interface FileFacts {
  readonly mode: number
  readonly uid: number
}

/**
 * Returns how others than this process's user could change a file or directory, or `undefined` if
 * they cannot. `user` is the process's user id, absent on a system without one (Windows), which
 * skips that check. Root may do everything anyway.
 *
 * `forbidden` holds the mode bits that others must not have: 0o022 for what others may read, 0o077
 * for secrets. In a directory with the sticky bit (`/tmp`) others cannot replace files that are not
 * theirs.
 */
export function faultOfFile(
  path: string,
  { mode, uid }: FileFacts,
  user: number | undefined,
  forbidden: 0o022 | 0o077,
): string | undefined {
  if (user === undefined) return undefined
  if (uid !== user && uid !== 0)
    return `it belongs to user ${uid}, and this process is user ${user}: chown ${user} ${path}`
  const isSticky = (mode & DIRECTORY) === DIRECTORY && (mode & STICKY) !== 0
  if ((mode & forbidden) === 0 || (isSticky && forbidden === 0o022)) return undefined
  const others = (mode & forbidden & 0o022) === 0 ? 'read' : 'write'
  return `others may ${others} it (mode ${(mode & 0o777).toString(8)}): chmod ${forbidden === 0o077 ? 'go=' : 'go-w'} ${path}`
}

const DIRECTORY = 0o040000
const STICKY = 0o1000
