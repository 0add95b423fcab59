/**
 * Shared by all: it only ever receives whole characters, so it keeps nothing. `ignoreBOM` leaves
 * U+FEFF in the text.
 */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Decodes UTF-8 that was not cut, such as a name in a subnegotiation. Invalid bytes become U+FFFD.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/**
 * Decodes UTF-8 in any pieces. Invalid bytes become U+FFFD, one for each maximal part, as in the
 * Encoding standard; no byte after it is lost. It keeps the 0 to 3 bytes of an unfinished character
 * and nothing else. A streaming `TextDecoder` for each session would cost 1.2 KiB.
 */
export class Utf8Decoder {
  #tail: Uint8Array | undefined

  decode(bytes: Uint8Array): string {
    const last = bytes[bytes.length - 1]
    if (last === undefined) return ''
    if (this.#tail === undefined && last < 0x80) return decodeUtf8(bytes)
    return this.#decodeBroken(this.#tail === undefined ? bytes : joined(this.#tail, bytes))
  }

  /** Ends the text: an unfinished character becomes U+FFFD. */
  end(): string {
    const tail = this.#tail
    this.#tail = undefined
    return tail === undefined ? '' : decoder.decode(tail)
  }

  #decodeBroken(bytes: Uint8Array): string {
    const whole = bytes.length - unfinished(bytes)
    this.#tail = whole === bytes.length ? undefined : new Uint8Array(bytes.subarray(whole))
    return decoder.decode(bytes.subarray(0, whole))
  }
}

/**
 * Returns how many bytes at the end begin an incomplete character. A few beginnings can never
 * become one (E0 80); they count too, and become U+FFFD with the byte that follows.
 */
function unfinished(bytes: Uint8Array): number {
  for (let count = 1; count <= 3 && count <= bytes.length; count++) {
    const byte = bytes[bytes.length - count] as number
    if (byte < 0x80 || byte >= 0xc0) return count < lengthAfter(byte) ? count : 0
  }
  return 0
}

/**
 * Returns the length of the character that a lead byte begins; 1 for ASCII and for bytes that begin
 * nothing.
 */
function lengthAfter(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
}

function joined(head: Uint8Array, rest: Uint8Array): Uint8Array {
  const all = new Uint8Array(head.length + rest.length)
  all.set(head)
  all.set(rest, head.length)
  return all
}
