/** The restrictions of a key's line, or of a certificate, on a session logged in by it. */
export interface Restrictions {
  /** Address patterns in the form of `from=`; absent: from anywhere. Each list must match. */
  readonly from?: readonly string[]
  /** The command that runs instead of the requested one. */
  readonly command?: string
  /** Milliseconds since 1970 from which on the key is no longer admitted. */
  readonly expires?: number
  /** Whether a terminal is allowed. */
  readonly pty: boolean
}

/**
 * Returns what both allow: the line of an authority, and a certificate that it has signed. Either
 * may hold a command. Two different ones are a contradiction, which admits no client, as in
 * OpenSSH. `from` and `expires` are the line's, and already checked.
 */
export function bothOf(line: Restrictions, certificate: Restrictions): Restrictions | string {
  if (line.command !== undefined && certificate.command !== undefined && line.command !== certificate.command)
    return 'its command is another than the one of its authority'
  const command = line.command ?? certificate.command
  return { pty: line.pty && certificate.pty, ...(command === undefined ? {} : { command }) }
}
