import { TelnetCommand } from './codes.ts'

/** A protocol other than telnet, as a connection's first bytes show it. */
export type ForeignProtocol = 'http' | 'ssh' | 'tls'

/** The line that a client of each reads. */
export const FOREIGN_PROTOCOLS: Readonly<Record<ForeignProtocol, string>> = {
  http: 'This is a telnet server, not a web server: use a telnet client.',
  ssh: 'This is a telnet server, not an SSH server: use a telnet client.',
  tls: 'This is a telnet server without TLS: use a telnet client in the clear.',
}

/**
 * The most bytes read of the first line: more than any request line of a scanner, and few enough
 * for every connection.
 */
export const LONGEST_GREETING_BYTES = 512

/**
 * Recognises browsers, SSH clients and TLS by their first line, so that no login is wasted on them.
 * It only inspects the bytes: the session receives them until the protocol is known.
 *
 * - HTTP (RFC 9112 §3): a whole request line, `GET / HTTP/1.1`, and not a user's `get …`.
 * - SSH (RFC 4253 §4.2): `SSH-2.0-` or `SSH-1.`.
 * - TLS (RFC 8446 §5.1): a handshake record of version 3.
 */
export class ForeignGreeting {
  #line = ''

  /**
   * Inspects the next bytes. Returns `undefined` while undecided, and `false` for no such protocol.
   */
  look(bytes: Uint8Array): ForeignProtocol | false | undefined {
    if (bytes[0] === TelnetCommand.IAC && this.#line === '') return false
    const room = bytes.subarray(0, LONGEST_GREETING_BYTES - this.#line.length)
    this.#line += String.fromCharCode(...room)
    const end = this.#line.indexOf('\n')
    const line = end < 0 ? this.#line : this.#line.slice(0, end)
    for (const [protocol, pattern] of PATTERNS) if (pattern.test(line)) return protocol
    if (end >= 0 || this.#line.length >= LONGEST_GREETING_BYTES) return false
    return POSSIBLE.test(line) ? undefined : false
  }
}

const PATTERNS: readonly (readonly [ForeignProtocol, RegExp])[] = [
  ['http', /^[A-Z]{3,10} \S+ HTTP\/\d/],
  ['ssh', /^SSH-(?:2\.0|1\.\d+)-/],
  ['tls', /^\x16\x03[\x00-\x04]/],
]

/** A text that may still become one of them. */
const POSSIBLE = /^(?:[A-Z]{0,10}(?: \S*(?: [HTP/]*)?)?|SSH-[\d.]*|\x16\x03?)$/
