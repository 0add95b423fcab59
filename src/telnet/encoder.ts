import { TerminalEncoding, TERMINAL_TEXT, type TextEncoding } from '../core/text/text-encoding.ts'
import { TelnetCommand, type Verb } from './codes.ts'

/** Text for the wire (RFC 854): a lone CR becomes CR NUL. No UTF-8 holds the byte 255. */
export const NVT_TEXT: TextEncoding = new TerminalEncoding('\r\0')
/** Text in BINARY (RFC 856): a lone CR stays alone. */
export const BINARY_TEXT: TextEncoding = TERMINAL_TEXT

/** Returns bytes for the wire, with IAC doubled; the same array if there is none. */
export function encodeBytes(bytes: Uint8Array): Uint8Array {
  let iac = bytes.indexOf(TelnetCommand.IAC)
  if (iac < 0) return bytes
  const doubled = new Uint8Array(bytes.length * 2)
  let from = 0
  let length = 0
  for (; iac >= 0; iac = bytes.indexOf(TelnetCommand.IAC, from)) {
    doubled.set(bytes.subarray(from, iac + 1), length)
    length += iac + 1 - from
    doubled[length++] = TelnetCommand.IAC
    from = iac + 1
  }
  doubled.set(bytes.subarray(from), length)
  return doubled.subarray(0, length + bytes.length - from)
}

export function encodeCommand(code: number): Uint8Array {
  return Uint8Array.of(TelnetCommand.IAC, code)
}

export function encodeNegotiation(verb: Verb, option: number): Uint8Array {
  return (NEGOTIATIONS[(verb - TelnetCommand.WILL) * 256 + option] ??= Uint8Array.of(TelnetCommand.IAC, verb, option))
}

/** All negotiations ever sent, shared: all sessions begin with the same ones. */
const NEGOTIATIONS: Uint8Array[] = []

/** RFC 855. */
export function encodeSubnegotiation(option: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(
    TelnetCommand.IAC,
    TelnetCommand.SB,
    option,
    ...encodeBytes(payload),
    TelnetCommand.IAC,
    TelnetCommand.SE,
  )
}
