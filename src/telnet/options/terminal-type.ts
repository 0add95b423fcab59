/** RFC 1091. */
const IS = 0
const SEND = 1

/** RFC 1091 allows 40 characters. */
export const LONGEST_TERMINAL_TYPE_CHARS = 64

/** The payload that requests the next name. */
export const TERMINAL_TYPE_SEND: Uint8Array = Uint8Array.of(SEND)

/**
 * Returns the name in an `IS`: cut at 64 bytes, only printable ASCII, in its own case. Absent if
 * the payload is no `IS`.
 */
export function readTerminalType(payload: Uint8Array): string | undefined {
  if (payload[0] !== IS) return undefined
  let name = ''
  for (const byte of payload.subarray(1, 1 + LONGEST_TERMINAL_TYPE_CHARS))
    if (byte >= 0x20 && byte < 0x7f) name += String.fromCharCode(byte)
  return name.trim()
}
