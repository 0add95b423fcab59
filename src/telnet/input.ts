import { Utf8Decoder } from './utf8.ts'

/**
 * What the user typed: the data of the wire as text, in which Enter is one `\r`.
 *
 * CR is Enter at once, without a wait for what follows, and one LF or NUL right after it belongs to it, in whatever packet that
 * comes. A lone LF is Enter too; any other NUL is dropped. The same holds in BINARY, where clients send a bare CR or CR LF.
 */
export class Input {
  readonly #utf8: Utf8Decoder = new Utf8Decoder()
  #afterReturn = false

  feed(bytes: Uint8Array): string {
    return this.#enters(this.#utf8.decode(bytes))
  }

  /** No more will come: an unfinished character becomes U+FFFD. */
  finish(): string {
    return this.#enters(this.#utf8.end())
  }

  #enters(text: string): string {
    if (text === '') return ''
    const belongs = this.#afterReturn && (text[0] === '\n' || text[0] === '\0')
    this.#afterReturn = text.endsWith('\r')
    return normalized(belongs ? text.slice(1) : text)
  }
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
