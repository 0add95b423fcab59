import type { TerminalModes } from '../../../core/connection.ts'
import { WireReader } from '../protocol/wire.ts'

/**
 * Reads the terminal modes of `pty-req` (RFC 4254 §8). They are pairs of an opcode and a uint32, up
 * to opcode 0 or the first one from 160, whose argument is undefined. Only VINTR is used: the
 * editor binds erase, kill and similar keys by its key map.
 */
export function readPtyModes(encoded: Uint8Array): TerminalModes {
  const reader = new WireReader(encoded)
  let interrupt: string | undefined
  for (let opcode = reader.byte(); opcode > 0 && opcode < FIRST_UNDEFINED; opcode = reader.byte()) {
    const value = reader.uint32()
    if (reader.ok && opcode === VINTR) interrupt = characterOf(value)
  }
  return interrupt === undefined ? {} : { interrupt }
}

const VINTR = 1
const FIRST_UNDEFINED = 160

/**
 * Returns the character of a mode. 255 disables a character (RFC 4254 §8), and so does 0, as on
 * most systems. Above 127 no single byte is a character in UTF-8.
 */
function characterOf(value: number): string | undefined {
  return value > 0 && value < 128 ? String.fromCharCode(value) : undefined
}
