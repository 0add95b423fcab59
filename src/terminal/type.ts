import type { Terminal } from '../core/connection.ts'

/**
 * How input may be drawn.
 *
 * - `cursor`: by ANSI sequences (ECMA-48).
 * - `plain`: by CR, BS, blanks and text alone, in one row: the terminal is dumb, unknown, or read
 *   aloud.
 * - `none`: not at all. The peer shows its own input, or there is no terminal.
 */
export type Drawing = 'cursor' | 'plain' | 'none'

/**
 * The graphic renditions (SGR) that a terminal has.
 *
 * - `all`: also those that end a single rendition (22 to 29), and all colours.
 * - `ansi`: bold, underlined, blinking, reverse, concealed, and eight colours.
 * - `vt100`: bold, underlined, blinking, reverse.
 */
export type Renditions = 'all' | 'ansi' | 'vt100'

/** The abilities of a type of terminal. */
interface Abilities {
  /** Cursor movements and erasures: all of `sequences.ts` except bracketed paste. */
  readonly cursor: boolean
  /** Bracketed paste (xterm's private mode 2004). */
  readonly paste: boolean
  readonly renditions: Renditions
}

/** Returns how input is drawn on a terminal. A terminal of unknown type may be anything. */
export function drawingOf(terminal: Terminal | undefined): Drawing {
  return terminal === undefined ? 'none' : drawingIn(terminal.input, terminal)
}

function drawingIn(input: Terminal['input'], terminal: Terminal): Drawing {
  if (input === 'line') return 'none'
  return terminal.screenReader || !abilitiesOf(terminal.type).cursor ? 'plain' : 'cursor'
}

/**
 * Returns whether to mark pasted text: if input is drawn by the cursor, on a terminal that can
 * mark. The request goes in the packet that asks for character mode, so the first paste is marked
 * too. A terminal that never replies stays in line mode with marks, which the decoder understands
 * there.
 */
export function marksPaste(terminal: Terminal | undefined): boolean {
  if (terminal === undefined || !abilitiesOf(terminal.type).paste) return false
  return drawingIn(terminal.asked ?? terminal.input, terminal) === 'cursor'
}

/** Returns the renditions that a terminal has. */
export function renditionsOf(terminal: Terminal | undefined): Renditions {
  return abilitiesOf(terminal?.type ?? '').renditions
}

/**
 * Returns the parameters of SGR in `style` that are among the renditions, as `1;31`; empty if none
 * is.
 */
export function styleWithin(style: string, renditions: Renditions): string {
  if (renditions === 'all' || style === '') return style
  return (style.match(PARAMETERS) ?? []).filter(parameter => RENDITIONS[renditions].test(parameter)).join(';')
}

/** One rendition each: an extended colour has several numbers (`38;5;196`). */
const PARAMETERS = /[345]8;(?:5;\d+|2;\d+;\d+;\d+)|[\d:]+/g

const RENDITIONS: Readonly<Record<Exclude<Renditions, 'all'>, RegExp>> = {
  ansi: /^0*(?:[14578]|[34][0-7])?$/,
  vt100: /^0*[1457]?$/,
}

/**
 * Looks a type up by its name, and by each beginning that ends before a `-`: `vt100-am` is a
 * `vt100`.
 */
function abilitiesOf(type: string): Abilities {
  let name = type.toLowerCase()
  for (;;) {
    const known = TYPES.get(name)
    if (known !== undefined) return known
    const end = name.lastIndexOf('-')
    if (end < 0) return XTERM
    name = name.slice(0, end)
  }
}

/**
 * The abilities of named types that are not listed: they are like xterm, or ignore what they do not
 * know.
 */
const XTERM: Abilities = { cursor: true, paste: true, renditions: 'all' }
const CONSOLE: Abilities = { cursor: true, paste: false, renditions: 'all' }
const ANSI: Abilities = { cursor: true, paste: false, renditions: 'ansi' }
const VT100: Abilities = { cursor: true, paste: false, renditions: 'vt100' }
const NOTHING: Abilities = { cursor: false, paste: false, renditions: 'vt100' }

/**
 * From terminfo. Programs that drive a server mostly send `vt100` (paramiko, Netmiko), `dumb` or
 * `ansi`.
 */
const TYPES: ReadonlyMap<string, Abilities> = new Map(
  (
    [
      [CONSOLE, ['linux', 'cygwin', 'cons25', 'pcvt', 'wsvt25']],
      [ANSI, ['ansi', 'ansi.sys', 'ansisys', 'pcansi', 'scoansi', 'avt', 'ansi-bbs', 'ansibbs', 'vtnt', 'sun']],
      [VT100, ['vt100', 'vt101', 'vt102', 'vt125', 'vt131', 'vt132', 'vt200', 'vt220', 'vt240', 'vt300', 'vt320']],
      [VT100, ['vt340', 'vt400', 'vt420', 'vt500', 'vt510', 'vt520', 'vt525', 'dec-vt100', 'dec-vt220']],
      // Printing terminals, and screens without ECMA-48. Telnet clients without a better name send
      // `network`.
      [NOTHING, ['', 'dumb', 'unknown', 'network', 'emacs', 'glasstty', 'hardcopy', 'printer', 'tty33', 'tty37']],
      [NOTHING, ['tty40', 'teletype', 'adm3', 'adm3a', 'adm5', 'vt52', 'wy50', 'wyse50', 'tvi910', 'tvi920']],
      [NOTHING, ['tvi925', 'hp2621', 'dec-vt52', 'ibm-3278', 'ibm-3279', 'petscii', 'none']],
    ] as const
  ).flatMap(([abilities, names]) => names.map(name => [name, abilities] as const)),
)
