/** What the line of a key, or a certificate, allows a session logged in by it. */
export interface Restrictions {
  /** Patterns of addresses, as `from=` has them; absent: from anywhere. Each list must match. */
  readonly from?: readonly string[]
  /** Runs in place of what is asked for. */
  readonly command?: string
  /** Milliseconds since 1970 from which on the key is no longer let in. */
  readonly expires?: number
  /** A terminal may be had. */
  readonly pty: boolean
}

/**
 * Returns what both allow: the line of an authority, and a certificate that it has signed. Either
 * may hold a command. Two that differ are a contradiction, which admits no client, as in OpenSSH.
 * `from` and `expires` are the line's, and hold already.
 */
export function bothOf(line: Restrictions, certificate: Restrictions): Restrictions | string {
  if (line.command !== undefined && certificate.command !== undefined && line.command !== certificate.command)
    return 'its command is another than the one of its authority'
  const command = line.command ?? certificate.command
  return { pty: line.pty && certificate.pty, ...(command === undefined ? {} : { command }) }
}
