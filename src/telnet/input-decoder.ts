import { decodeUtf8, Utf8Decoder } from './utf8.ts'

/**
 * Decodes typed input: the data of the wire as text, in which Enter is one `\r`.
 *
 * CR is Enter at once, without a wait for what follows. One LF or NUL right after it belongs to it,
 * in any packet. A lone LF is Enter too; any other NUL is dropped, even within a character. The
 * same holds in BINARY, where clients send a bare CR or CR LF.
 */
export class InputDecoder {
  /** Created when a character first comes in pieces: in most sessions none does. */
  #utf8: Utf8Decoder | undefined
  #afterReturn = false

  /**
   * Returns the text of more bytes. It searches the bytes for line ends, because no other character
   * of UTF-8 holds these. In text each of them would cost a hundred bytes of garbage.
   */
  feed(bytes: Uint8Array): string {
    const last = bytes[bytes.length - 1]
    if (last === undefined) return ''
    let ended = last
    for (const byte of bytes) {
      if (byte !== LF && byte !== NUL) continue
      bytes = withReturns(bytes, this.#afterReturn)
      ended = bytes[bytes.length - 1] ?? 0
      break
    }
    this.#afterReturn = last === CR
    if (this.#utf8 !== undefined || ended >= 0x80) return (this.#utf8 ??= new Utf8Decoder()).decode(bytes)
    return bytes.length === 1 ? String.fromCharCode(ended) : decodeUtf8(bytes)
  }

  /** Ends the input: an unfinished character becomes U+FFFD. */
  finish(): string {
    return this.#utf8?.end() ?? ''
  }
}

/** Returns bytes that are valid until the next call. */
function withReturns(bytes: Uint8Array, afterReturn: boolean): Uint8Array {
  const memory = bytes.length <= SCRATCH.length ? SCRATCH : new Uint8Array(bytes.length)
  let end = 0
  let last: number = afterReturn ? CR : NUL
  for (const byte of bytes) {
    if (byte !== LF && byte !== NUL) memory[end++] = byte
    else if (byte === LF && last !== CR) memory[end++] = CR
    last = byte
  }
  return memory.subarray(0, end)
}

const [NUL, LF, CR] = [0, 10, 13] as const

/** Holds as much as most reads bring. */
const SCRATCH = new Uint8Array(1024)
