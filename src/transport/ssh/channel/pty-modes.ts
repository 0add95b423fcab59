import type { TerminalModes } from '../../../core/connection.ts'
import { WireReader } from '../protocol/wire.ts'

/**
 * Encoded terminal modes of `pty-req` (RFC 4254 §8): an opcode and a uint32, again and again, up to opcode 0 or the first one from
 * 160, whose argument nobody knows. Only the characters that edit are used.
 */
export function readPtyModes(encoded: Uint8Array): TerminalModes {
  const modes: { -readonly [name in keyof TerminalModes]: TerminalModes[name] } = {}
  const reader = new WireReader(encoded)
  for (let opcode = reader.byte(); opcode > 0 && opcode < FIRST_UNDEFINED; opcode = reader.byte()) {
    const character = characterOf(reader.uint32())
    const name = CHARACTERS.get(opcode)
    if (reader.ok && name !== undefined && character !== undefined) modes[name] = character
  }
  return modes
}

const FIRST_UNDEFINED = 160

/** VINTR, VERASE, VKILL, VEOF, VWERASE. */
const CHARACTERS: ReadonlyMap<number, keyof TerminalModes> = new Map([
  [1, 'interrupt'],
  [3, 'erase'],
  [4, 'kill'],
  [5, 'endOfFile'],
  [13, 'werase'],
])

/** 255 switches a character off (RFC 4254 §8), and so does 0, as systems have it themselves. Above 127 nothing is a character in UTF-8. */
function characterOf(value: number): string | undefined {
  return value > 0 && value < 128 ? String.fromCharCode(value) : undefined
}
