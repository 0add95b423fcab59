import { replaced } from '../core/replaced.ts'
import { Command, type Verb } from './codes.ts'

/**
 * Text for the wire: `\n` and `\r\n` become CR LF; a CR of one's own becomes CR NUL (RFC 854), in BINARY it stays alone (RFC 856).
 * Still a string, because UTF-8 never holds the byte 255. Needs no memory of the text before: a CR LF that is cut in two comes out
 * as CR NUL CR LF, which shows the same.
 */
export function encodeText(text: string, binary: boolean): string {
  const lines = encodeReturns(text, binary)
  return lines.length > SHORT ? replaced(lines, '\n', '\r\n') : encodeShortLines(lines)
}

/** All of that but LF, which is left for `encodeLines`. */
export function encodeReturns(text: string, binary: boolean): string {
  if (!text.includes('\r')) return text
  const lines = replaced(text, '\r\n', '\n')
  return binary ? lines : replaced(lines, '\r', '\r\0')
}

/**
 * The rest of it, in bytes and where they are: what is in `memory` from `from` to `end` is moved down to `at`, and each LF becomes CR LF. Answers where it ends. `from` is to be
 * further up than `at` by as many bytes as there are lines. Of text, that would take twice its length in garbage.
 */
export function encodeLines(memory: Uint8Array, from: number, end: number, at: number): number {
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
    if (lines > FEW && read < lines * SHORT_LINE) return encodeShortBytes(memory, from + read, end, at)
  }
  memory.copyWithin(at, from + read, end)
  return at + text.length - read
}

/** To look for the end of a line and to move it takes as long as to move some fifty bytes one by one. */
function encodeShortBytes(memory: Uint8Array, from: number, end: number, at: number): number {
  for (let i = from; i < end; i++) {
    const byte = memory[i]!
    if (byte === LF) memory[at++] = CR
    memory[at++] = byte
  }
  return at
}

/** A turn's worth of one session is mostly a few short lines, for which to split them costs twice as much. */
function encodeShortLines(text: string): string {
  let encoded = ''
  let from = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    encoded += `${text.slice(from, end)}\r\n`
    from = end + 1
  }
  return from === 0 ? text : encoded + text.slice(from)
}

const CR = 13
const LF = 10
/** In UTF-16 units. */
const SHORT = 512
/** In bytes. */
const SHORT_LINE = 48
/** How many lines are looked at before they are taken for short ones. */
const FEW = 8

/** Bytes for the wire, as they are but for IAC, which is doubled. The same array where there is none. */
export function encodeBytes(bytes: Uint8Array): Uint8Array {
  let iac = bytes.indexOf(Command.IAC)
  if (iac < 0) return bytes
  const doubled = new Uint8Array(bytes.length * 2)
  let from = 0
  let length = 0
  for (; iac >= 0; iac = bytes.indexOf(Command.IAC, from)) {
    doubled.set(bytes.subarray(from, iac + 1), length)
    length += iac + 1 - from
    doubled[length++] = Command.IAC
    from = iac + 1
  }
  doubled.set(bytes.subarray(from), length)
  return doubled.subarray(0, length + bytes.length - from)
}

export function encodeCommand(code: number): Uint8Array {
  return Uint8Array.of(Command.IAC, code)
}

export function encodeNegotiation(verb: Verb, option: number): Uint8Array {
  return (NEGOTIATIONS[(verb - Command.WILL) * 256 + option] ??= Uint8Array.of(Command.IAC, verb, option))
}

/** Those that were ever sent, shared: all sessions begin with the same ones. */
const NEGOTIATIONS: Uint8Array[] = []

/** RFC 855. */
export function encodeSubnegotiation(option: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(Command.IAC, Command.SB, option, ...encodeBytes(payload), Command.IAC, Command.SE)
}
