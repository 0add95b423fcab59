import type { Terminal } from '../core/connection.ts'

/**
 * How input may be drawn.
 *
 * - `cursor`: by ANSI sequences (ECMA-48).
 * - `plain`: by CR, BS, blanks and text alone, in one row: the terminal is dumb, unknown, or read aloud.
 * - `none`: not at all. The peer's own side shows what is typed, or there is no terminal.
 */
export type Drawing = 'cursor' | 'plain' | 'none'

/** What the terminal, as far as it is known, allows. One that has not told its type may be anything. */
export function drawingOf(terminal: Terminal | undefined): Drawing {
  return terminal === undefined ? 'none' : drawingIn(terminal.input, terminal)
}

function drawingIn(input: Terminal['input'], terminal: Terminal): Drawing {
  if (input === 'line') return 'none'
  return terminal.screenReader || !isAnsi(terminal.type) ? 'plain' : 'cursor'
}

/**
 * Whether what is pasted is to be marked: where input is drawn by the cursor. A terminal that is asked for character mode is told in the same packet, and so it
 * marks the first paste in it, too. One that never answers goes on in line mode with marks: they are understood there.
 */
export function marksPaste(terminal: Terminal | undefined): boolean {
  return terminal !== undefined && drawingIn(terminal.asked ?? terminal.input, terminal) === 'cursor'
}

/** A terminal of this type understands ANSI sequences: so do all that name themselves, but for those listed here. */
export function isAnsi(type: string): boolean {
  return type !== '' && !NOT_ANSI.test(type)
}

/** From terminfo: printing terminals, and screens older than ECMA-48 or beside it. `network` is what telnet clients say that know no better. */
const OTHERS: readonly string[] = [
  'dumb',
  'unknown',
  'network',
  'emacs',
  'glasstty',
  'hardcopy',
  'printer',
  'tty33',
  'tty37',
  'tty40',
  'teletype',
  'adm3',
  'adm3a',
  'adm5',
  'vt52',
  'wy50',
  'wyse50',
  'tvi910',
  'tvi920',
  'tvi925',
  'hp2621',
  'dec-vt52',
  'ibm-3278',
  'ibm-3279',
  'petscii',
]

const NOT_ANSI = new RegExp(`^(?:${OTHERS.join('|')})(?:-|$)`, 'i')
