import { replaced } from './replaced.ts'

/** Converts a program's text, whose lines end in `\n`, to a peer's line ends. */
export interface TextEncoding {
  /** Returns the whole text as a string, still to be encoded as UTF-8. */
  encodeText(text: string): string
  /**
   * Returns the first half of the conversion, for long text: all but LF. It makes no UTF-16 unit
   * longer than three bytes of UTF-8.
   */
  encodeReturns(text: string): string
  /**
   * Does the other half, in bytes: moves `memory` from `from` to `end` down to `at`, and makes CR
   * LF of each LF. Returns the new end. `from` exceeds `at` by as many bytes as there are LF.
   */
  encodeLines(memory: Uint8Array, from: number, end: number, at: number): number
}

/**
 * Encodes lines for a terminal: LF and CR LF become CR LF. It keeps no state: a split CR LF becomes
 * CR CR LF (or CR NUL CR LF), which shows the same.
 */
export class TerminalEncoding implements TextEncoding {
  readonly #bareReturn: string

  /** `bareReturn` replaces a CR that ends no line. */
  constructor(bareReturn: '\r' | '\r\0') {
    this.#bareReturn = bareReturn
  }

  /**
   * Most output of a session in a turn is a few short lines, for which `split` costs twice as much.
   */
  encodeText(text: string): string {
    const lines = text.includes('\r') ? this.encodeReturns(text) : text
    if (lines.length > SHORT_CHARS) return replaced(lines, '\n', '\r\n')
    let encoded = ''
    let from = 0
    for (let end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', from)) {
      encoded += `${lines.slice(from, end)}\r\n`
      from = end + 1
    }
    return from === 0 ? lines : encoded + lines.slice(from)
  }

  encodeReturns(text: string): string {
    if (!text.includes('\r')) return text
    const lines = replaced(text, '\r\n', '\n')
    return this.#bareReturn === '\r' ? lines : replaced(lines, '\r', this.#bareReturn)
  }

  encodeLines(memory: Uint8Array, from: number, end: number, at: number): number {
    const text = memory.subarray(from, end)
    let read = 0
    let lines = 0
    for (let line = text.indexOf(LF); line >= 0; line = text.indexOf(LF, read)) {
      memory.copyWithin(at, from + read, from + line)
      at += line - read
      memory[at++] = CR
      memory[at++] = LF
      read = line + 1
      lines += 1
      if (lines > SAMPLED_LINES && read < lines * SHORT_LINE_BYTES)
        return encodeShortLines(memory, from + read, end, at)
    }
    memory.copyWithin(at, from + read, end)
    return at + text.length - read
  }
}

/**
 * Encodes short lines: searching for a line end and moving the line takes as long as moving some
 * fifty bytes singly.
 */
function encodeShortLines(memory: Uint8Array, from: number, end: number, at: number): number {
  for (let i = from; i < end; i++) {
    const byte = memory[i]!
    if (byte === LF) memory[at++] = CR
    memory[at++] = byte
  }
  return at
}

/** For a terminal; a CR of its own stays alone. */
export const TERMINAL_TEXT: TextEncoding = new TerminalEncoding('\r')

/** For a pipe: text unchanged. */
export const PIPE_TEXT: TextEncoding = {
  encodeText: text => text,
  encodeReturns: text => text,
  encodeLines(memory, from, end, at) {
    memory.copyWithin(at, from, end)
    return at + end - from
  },
}

const CR = 13
const LF = 10
const SHORT_CHARS = 512
const SHORT_LINE_BYTES = 48
/** How many lines are sampled before all count as short. */
const SAMPLED_LINES = 8
