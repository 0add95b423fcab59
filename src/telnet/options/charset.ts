import { decodeUtf8 } from '../utf8.ts'

/** RFC 2066. */
const REQUEST = 1
const ACCEPTED = 2
const REJECTED = 3
const TTABLE_IS = 4
const TTABLE_REJECTED = 5
const TTABLE = '[TTABLE]'

/** The server's request: UTF-8 and nothing else. */
export const CHARSET_REQUEST: Uint8Array = Uint8Array.of(REQUEST, ...ascii(';UTF-8'))

/**
 * Returns the reply to a payload; absent for none. UTF-8 is accepted under the offered name;
 * everything else is rejected, including translation tables. `asking` means that the server's own
 * request has no reply yet. Then the peer's is rejected, since the server's goes first (RFC 2066,
 * "Simultaneous requests").
 */
export function charsetAnswer(payload: Uint8Array, asking: boolean): Uint8Array | undefined {
  if (payload[0] === TTABLE_IS) return Uint8Array.of(TTABLE_REJECTED)
  if (payload[0] !== REQUEST) return undefined
  const name = asking ? undefined : offered(payload).find(name => /^utf-?8$/i.test(name))
  return name === undefined ? Uint8Array.of(REJECTED) : Uint8Array.of(ACCEPTED, ...ascii(name))
}

/** Returns whether a payload settles the server's request, either way. */
export function settlesCharset(payload: Uint8Array): boolean {
  return payload[0] === ACCEPTED || payload[0] === REJECTED || payload[0] === TTABLE_IS
}

/**
 * Returns the names in a request: its first character separates them. Before it there may be
 * `[TTABLE]` and a version, one byte.
 */
function offered(payload: Uint8Array): string[] {
  const whole = decodeUtf8(payload.subarray(1))
  const list = whole.startsWith(TTABLE) ? whole.slice(TTABLE.length + 1) : whole
  return list === '' ? [] : list.slice(1).split(list[0] as string)
}

function ascii(text: string): number[] {
  return Array.from(text, character => character.charCodeAt(0))
}
