import { replaced } from './replaced.ts'

/** Turns a program's text, whose lines end in `\n`, into what a peer's lines end in. */
export interface TextEncoding {
  /** Returns all of it as a string, still to be encoded as UTF-8. */
  encodeText(text: string): string
  /**
   * Returns the first half of it, for long text: all but LF. No UTF-16 unit becomes more than three
   * bytes of UTF-8 by it.
   */
  encodeReturns(text: string): string
  /**
   * Does the other half, in bytes: moves what is in `memory` from `from` to `end` down to `at`, and
   * makes CR LF of each LF. Returns where it ends. `from` is further up than `at` by as many bytes
   * as there are LF.
   */
  encodeLines(memory: Uint8Array, from: number, end: number, at: number): number
}

/**
 * Lines for a terminal: LF and CR LF become CR LF. It keeps no memory of the text before: a CR LF
 * that is cut in two comes out as CR CR LF (or CR NUL CR LF), which shows the same.
 */
export class TerminalEncoding implements TextEncoding {
  readonly #bareReturn: string

  /** `bareReturn`: what a CR that ends no line becomes. */
  constructor(bareReturn: '\r' | '\r\0') {
    this.#bareReturn = bareReturn
  }

  /** Most of what one session writes in a turn is a few short lines, for which `split` costs twice as much. */
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

/** Looking for the end of a line and moving it takes as long as moving some fifty bytes one by one. */
function encodeShortLines(memory: Uint8Array, from: number, end: number, at: number): number {
  for (let i = from; i < end; i++) {
    const byte = memory[i]!
    if (byte === LF) memory[at++] = CR
    memory[at++] = byte
  }
  return at
}

/** What a terminal needs; a CR of one's own stays alone. */
export const TERMINAL_TEXT: TextEncoding = new TerminalEncoding('\r')

/** What a pipe needs: text as it is. */
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
/** How many lines are looked at before all are taken for short ones. */
const SAMPLED_LINES = 8
