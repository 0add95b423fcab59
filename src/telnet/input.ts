import { decodeUtf8, Utf8Decoder } from './utf8.ts'

/**
 * What the user typed: the data of the wire as text, in which Enter is one `\r`.
 *
 * CR is Enter at once, without a wait for what follows, and one LF or NUL right after it belongs to it, in whatever packet that
 * comes. A lone LF is Enter too; any other NUL is dropped. The same holds in BINARY, where clients send a bare CR or CR LF.
 */
export class Input {
  /** Made when a character first comes in pieces: in most sessions none does. */
  #utf8: Utf8Decoder | undefined
  #afterReturn = false

  feed(bytes: Uint8Array): string {
    return this.#enters(this.#decode(bytes))
  }

  /** No more will come: an unfinished character becomes U+FFFD. */
  finish(): string {
    return this.#enters(this.#utf8?.end() ?? '')
  }

  #decode(bytes: Uint8Array): string {
    if (this.#utf8 === undefined && endsInAscii(bytes)) return decodeUtf8(bytes)
    return (this.#utf8 ??= new Utf8Decoder()).decode(bytes)
  }

  #enters(text: string): string {
    if (text === '') return ''
    const belongs = this.#afterReturn && (text[0] === '\n' || text[0] === '\0')
    this.#afterReturn = text.endsWith('\r')
    return normalized(belongs ? text.slice(1) : text)
  }
}

function endsInAscii(bytes: Uint8Array): boolean {
  return (bytes[bytes.length - 1] ?? 0) < 0x80
}

/** CR LF goes first, and NUL before the lone LF: `\r\0\n` is two Enters. Each pass is skipped where it has nothing to do. */
function normalized(text: string): string {
  const end = text.indexOf('\n')
  // Most packets of most clients: a line, and its end.
  const lines = end < 0 ? text : end === text.length - 1 ? withoutReturn(text) : text.replace(CR_LF, '\r')
  const clean = lines.includes('\0') ? lines.replace(NUL, '') : lines
  return clean.includes('\n') ? clean.replace(LF, '\r') : clean
}

function withoutReturn(text: string): string {
  return text.endsWith('\r\n') ? text.slice(0, -1) : text
}

// `replaceAll` of a string would leave a chain of pieces, which costs as much again to be put together.
const CR_LF = /\r\n/g
const NUL = /\0/g
const LF = /\n/g
