import { decodeUtf8, Utf8Decoder } from './utf8.ts'

/**
 * What the user typed: the data of the wire as text, in which Enter is one `\r`.
 *
 * CR is Enter at once, without a wait for what follows, and one LF or NUL right after it belongs to it, in whatever packet that
 * comes. A lone LF is Enter too; any other NUL is dropped, also within a character. The same holds in BINARY, where clients send a bare CR or CR LF.
 */
export class Input {
  /** Made when a character first comes in pieces: in most sessions none does. */
  #utf8: Utf8Decoder | undefined
  #afterReturn = false

  feed(bytes: Uint8Array): string {
    return this.#decode(this.#enters(bytes))
  }

  /** No more will come: an unfinished character becomes U+FFFD. */
  finish(): string {
    return this.#utf8?.end() ?? ''
  }

  #decode(bytes: Uint8Array): string {
    if (this.#utf8 === undefined && endsInAscii(bytes)) return decodeUtf8(bytes)
    return (this.#utf8 ??= new Utf8Decoder()).decode(bytes)
  }

  /**
   * In the bytes, because no other character of UTF-8 holds these, and in text each end of a line would be a hundred bytes of garbage. The same array where all stays as
   * it is; else one that is good until the next call.
   */
  #enters(bytes: Uint8Array): Uint8Array {
    const afterReturn = this.#afterReturn
    if (bytes.length > 0) this.#afterReturn = bytes[bytes.length - 1] === CR
    for (const byte of bytes) if (byte === LF || byte === NUL) return clean(bytes, afterReturn)
    return bytes
  }
}

function clean(bytes: Uint8Array, afterReturn: boolean): Uint8Array {
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

function endsInAscii(bytes: Uint8Array): boolean {
  return (bytes[bytes.length - 1] ?? 0) < 0x80
}

const [NUL, LF, CR] = [0, 10, 13] as const

/** As much as is read at once in most cases. */
const SCRATCH = new Uint8Array(1024)
