import { Command, type Verb } from './codes.ts'

/**
 * Text for the wire: `\n` and `\r\n` become CR LF; a CR of one's own becomes CR NUL (RFC 854), in BINARY it stays alone (RFC 856).
 * Still a string, because UTF-8 never holds the byte 255. Needs no memory of the text before: a CR LF that is cut in two comes out
 * as CR NUL CR LF, which shows the same.
 */
export function encodeText(text: string, binary: boolean): string {
  if (!text.includes('\r')) return encodeLines(text)
  const lines = text.replace(CR_LF, '\n')
  return encodeLines(binary ? lines : lines.replace(CR, '\r\0'))
}

/** A turn's worth of one session is mostly a few short lines, for which an expression costs twice as much; for 64 KiB a loop does. */
function encodeLines(text: string): string {
  if (text.length > SHORT) return text.replace(LF, '\r\n')
  let encoded = ''
  let from = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    encoded += `${text.slice(from, end)}\r\n`
    from = end + 1
  }
  return from === 0 ? text : encoded + text.slice(from)
}

/** In UTF-16 units. */
const SHORT = 512

// `replaceAll` of a string would leave a chain of pieces, which costs as much again to be put together.
const CR_LF = /\r\n/g
const CR = /\r/g
const LF = /\n/g

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
