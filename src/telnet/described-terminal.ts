import { windowSize, type Terminal } from '../core/connection.ts'
import type { Client } from './client.ts'
import { askedMode, canHide, inputMode, type EchoFacts } from './echo.ts'

// Each terminal is one literal: spreading another into it took 7 µs for each connection.

/** Returns the terminal as the peer has described it; the same object if nothing is new. */
export function describedTerminal(before: Terminal, client: Client, facts: EchoFacts): Terminal {
  const { type, screenReader, announcesMode } = client
  const [input, asked, hides] = [inputMode(facts), askedMode(facts), canHide(facts)]
  const known = before.type === type && before.screenReader === screenReader && before.canHide === hides
  if (known && before.input === input && before.asked === asked) return before
  const { columns, rows, sized, encoding, modes } = before
  return { type, columns, rows, sized, input, asked, announcesMode, encoding, canHide: hides, screenReader, modes }
}

/** Returns the terminal with a window of that size; the same object if it has it already. */
export function resizedTerminal(before: Terminal, size: { columns: number; rows: number }): Terminal {
  const { columns, rows, sized } = windowSize(size.columns, size.rows, before)
  if (columns === before.columns && rows === before.rows && sized === before.sized) return before
  const { type, input, asked, announcesMode, encoding, canHide: hides, screenReader, modes } = before
  return { type, columns, rows, sized, input, asked, announcesMode, encoding, canHide: hides, screenReader, modes }
}
