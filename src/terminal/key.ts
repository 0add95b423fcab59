import { nearest } from '../core/text/nearest.ts'

/**
 * A key, by name. A name is a base after its modifiers, in the order `M-` (Meta, Alt), `C-`
 * (Control), `S-` (Shift): `C-a`, `M-f`, `M-C-k`, `Up`, `C-Left`, `S-Tab`. A base is a character,
 * or one of
 *
 * - `Enter`, `Tab`, `Backspace`, `Escape`, `Space` (for a blank under modifiers);
 * - `Up`, `Down`, `Right`, `Left`, `Home`, `End`, `Begin`, `Insert`, `Delete`, `PageUp`,
 *   `PageDown`, `F1` … `F20`.
 *
 * A character without modifiers is text rather than a key. Control characters with a key of their
 * own have its name:
 *
 * - 0x0d (`C-m`) is `Enter`, 0x09 (`C-i`) `Tab`, 0x1b (`C-[`) `Escape`;
 * - 0x7f and 0x08 (`C-?`, `C-h`) are `Backspace`.
 *
 * The others are `C-@`, `C-a` … `C-z` (in lower case; 0x0a is `C-j`), `C-\`, `C-]`, `C-^`, `C-_`.
 */
export type Key = string

/**
 * Returns the key of a name, in the one spelling that the decoder uses: `C-M` is `Enter`, `M-C-h`
 * is `M-Backspace`. Throws as `sequenceOf` does.
 */
export function keyNamed(name: string): Key {
  const { modifiers, base } = partsOf(name)
  return keyOf(modifiers, base)
}

/**
 * Returns what an xterm sends for a key, or for a single character. A combination without a classic
 * sequence has its `CSI u` form. Throws a `RangeError` for an unknown name; the message names the
 * nearest.
 */
export function sequenceOf(name: string): string {
  const { modifiers, base } = partsOf(name)
  const body = SPECIAL_KEYS.get(base)?.[0]
  if (body !== undefined) return `\x1b${modifiedBody(body, modifiers)}`
  if (base === 'Tab' && modifiers & SHIFT) return modifiers === SHIFT ? '\x1b[Z' : `\x1b[9;${modifiers + 1}u`
  const control = modifiers & CONTROL && base.length === 1 ? controlCode(base) : undefined
  const character = control === undefined ? (NAMED_CHARACTERS.get(base) ?? base) : String.fromCharCode(control)
  switch (control === undefined ? modifiers : modifiers & ~CONTROL) {
    case 0:
      return character
    case META:
      return `\x1b${character}`
    default:
      return `\x1b[${(NAMED_CHARACTERS.get(base) ?? base).codePointAt(0)};${modifiers + 1}u`
  }
}

/** Returns all keys that terminals are known to send, each with its sequences, xterm's first. */
export function knownKeys(): readonly KnownKey[] {
  const keys: KnownKey[] = CONTROL_KEYS.map((key, code) => ({ key, sequence: String.fromCharCode(code) }))
  keys.push({ key: 'Backspace', sequence: '\x7f' }, { key: 'S-Tab', sequence: sequenceOf('S-Tab') })
  for (const [base, bodies] of SPECIAL_KEYS) {
    for (const body of bodies) keys.push({ key: base, sequence: `\x1b${body}` })
    for (const modifier of [SHIFT, META, CONTROL]) {
      const key = keyOf(modifier, base)
      keys.push({ key, sequence: sequenceOf(key) })
    }
  }
  return keys
}

export interface KnownKey {
  readonly key: Key
  readonly sequence: string
}

/** Modifiers are the bits that xterm adds to 1 in its sequences. */
export const SHIFT = 1
export const META = 2
export const CONTROL = 4

const PREFIXES = ['', 'S-', 'M-', 'M-S-', 'C-', 'C-S-', 'M-C-', 'M-C-S-'] as const

/** Returns the name of a base under modifiers: the bits `SHIFT`, `META`, `CONTROL`. */
export function keyOf(modifiers: number, base: string): Key {
  return PREFIXES[modifiers & 7]! + base
}

/** The keys of the control characters 0x00 to 0x1f, by their code. */
export const CONTROL_KEYS: readonly Key[] = Array.from({ length: 32 }, (_, code) => {
  switch (code) {
    case 0x08:
      return 'Backspace'
    case 0x09:
      return 'Tab'
    case 0x0d:
      return 'Enter'
    case 0x1b:
      return 'Escape'
    default:
      return `C-${String.fromCharCode(code + 0x40).toLowerCase()}`
  }
})

/** Bases that are the name of a character. */
const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['Enter', '\r'],
  ['Tab', '\t'],
  ['Backspace', '\x7f'],
  ['Escape', '\x1b'],
  ['Space', ' '],
])

/**
 * The other keys: what terminals send after ESC without a modifier. In this order:
 *
 * - xterm's form, then application mode;
 * - VT220 and PuTTY (`[1~`);
 * - rxvt (`[7~`; `Ow` in PuTTY's mode of that name);
 * - the Linux console (`[[A`);
 * - PuTTY's VT100+ (`OT` to `O[`);
 * - SCO and SyncTERM (`[K`, `[@`, `[V`, `[U`, `[L`).
 *
 * Left out are PuTTY's SCO function and page keys (`[I`, `[G`, `[M` and on). With other terminals
 * these are a change of focus, the middle of the keypad, or the mouse.
 */
export const SPECIAL_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Up', ['[A', 'OA']],
  ['Down', ['[B', 'OB']],
  ['Right', ['[C', 'OC']],
  ['Left', ['[D', 'OD']],
  ['Home', ['[H', 'OH', '[1~', '[7~']],
  ['End', ['[F', 'OF', '[4~', '[8~', 'Ow', '[K']],
  ['Begin', ['[E', 'OE', '[G']],
  ['Insert', ['[2~', '[@', '[L']],
  ['Delete', ['[3~']],
  ['PageUp', ['[5~', '[V']],
  ['PageDown', ['[6~', '[U']],
  ['F1', ['OP', '[P', '[11~', '[[A']],
  ['F2', ['OQ', '[Q', '[12~', '[[B']],
  ['F3', ['OR', '[13~', '[[C']],
  ['F4', ['OS', '[S', '[14~', '[[D']],
  ['F5', ['[15~', '[[E', 'OT']],
  ['F6', ['[17~', 'OU']],
  ['F7', ['[18~', 'OV']],
  ['F8', ['[19~', 'OW']],
  ['F9', ['[20~', 'OX']],
  ['F10', ['[21~', 'OY']],
  ['F11', ['[23~', 'OZ']],
  ['F12', ['[24~', 'O[']],
  ['F13', ['[25~']],
  ['F14', ['[26~']],
  ['F15', ['[28~']],
  ['F16', ['[29~']],
  ['F17', ['[31~']],
  ['F18', ['[32~']],
  ['F19', ['[33~']],
  ['F20', ['[34~']],
])

/**
 * Returns the body with modifiers: `[3~` → `[3;5~`, `[C` → `[1;5C`, `OP` → `[1;5P`. F3 is `[13;5~`,
 * since `[1;5R` would be a cursor position report.
 */
function modifiedBody(body: string, modifiers: number): string {
  if (modifiers === 0) return body
  if (body === 'OR') return `[13;${modifiers + 1}~`
  return body.endsWith('~') ? `${body.slice(0, -1)};${modifiers + 1}~` : `[1;${modifiers + 1}${body.at(-1)}`
}

function partsOf(name: string): { modifiers: number; base: string } {
  const [, meta, control, shift, base = ''] = /^(M-)?(C-)?(S-)?(.+)$/su.exec(name) ?? []
  const modifiers = (meta ? META : 0) | (control ? CONTROL : 0) | (shift ? SHIFT : 0)
  if (SPECIAL_KEYS.has(base) || NAMED_CHARACTERS.has(base)) return spaced(modifiers, base)
  if (!/^.$/su.test(base) || modifiers === SHIFT) throw unknownKey(name)
  if (!control) return modifiers === 0 ? { modifiers, base } : spaced(modifiers, base === ' ' ? 'Space' : base)
  const code = controlCode(base)
  const key = code === 0x7f ? 'Backspace' : code === undefined ? undefined : CONTROL_KEYS[code]!
  if (key === undefined || key.startsWith('C-')) return { modifiers, base: key?.slice(2) ?? base }
  return { modifiers: modifiers & ~CONTROL, base: key }
}

/** Replaces Control and blank by NUL, whose key is `C-@`. */
function spaced(modifiers: number, base: string): { modifiers: number; base: string } {
  return base === 'Space' && modifiers & CONTROL ? { modifiers, base: '@' } : { modifiers, base }
}

/**
 * Returns the control character that a terminal sends for a character under Control; `undefined` if
 * there is none.
 */
function controlCode(character: string): number | undefined {
  if (character === '?') return 0x7f
  if (character === ' ') return 0
  const code = character.toUpperCase().charCodeAt(0)
  return character.length === 1 && code >= 0x40 && code <= 0x5f ? code - 0x40 : undefined
}

function unknownKey(name: string): RangeError {
  const near = keyWrittenElsewhere(name) ?? nearest(name, new Set(knownKeys().map(({ key }) => key)))
  return new RangeError(`There is no key "${name}"${near === undefined ? '' : `; the nearest is "${near}"`}.`)
}

/**
 * Returns the key of a name in another notation: `Ctrl-A`, `ctrl+a`, `^A`, `C-M-k`, `PgUp`. Returns
 * `undefined` if it names none.
 */
function keyWrittenElsewhere(name: string): Key | undefined {
  const [, caret, rest = ''] = /^(\^?)(.+)$/su.exec(name) ?? []
  const parts = (caret === '' ? rest : `c-${rest}`).split(/[-+](?=.)/su)
  const written = (parts.pop() ?? '').toLowerCase()
  const modifiers = parts.reduce((bits, part) => bits | (MODIFIER_WORDS.get(part.toLowerCase()) ?? NO_MODIFIER), 0)
  const base = BASE_WORDS.get(written) ?? written
  const isKey = SPECIAL_KEYS.has(base) || NAMED_CHARACTERS.has(base) || (modifiers > SHIFT && /^.$/su.test(base))
  if (modifiers > ALL_MODIFIERS || !isKey) return undefined
  const letter = modifiers === (META | SHIFT) && base.length === 1
  return letter ? `M-${base.toUpperCase()}` : keyNamed(keyOf(modifiers, base))
}

const ALL_MODIFIERS = SHIFT | META | CONTROL
/** The bit of a word that is no modifier. */
const NO_MODIFIER = 8

const MODIFIER_WORDS: ReadonlyMap<string, number> = new Map([
  ...['c', 'ctrl', 'ctl', 'control'].map(word => [word, CONTROL] as const),
  ...['m', 'meta', 'alt', 'option'].map(word => [word, META] as const),
  ...['s', 'shift'].map(word => [word, SHIFT] as const),
])

/** The bases, in lower case, and what else they are called. */
const BASE_WORDS: ReadonlyMap<string, string> = new Map([
  ...[...SPECIAL_KEYS.keys(), ...NAMED_CHARACTERS.keys()].map(base => [base.toLowerCase(), base] as const),
  ['return', 'Enter'],
  ['esc', 'Escape'],
  ['bs', 'Backspace'],
  ['del', 'Delete'],
  ['ins', 'Insert'],
  ['pgup', 'PageUp'],
  ['pgdn', 'PageDown'],
  ['pgdown', 'PageDown'],
  ...['Up', 'Down', 'Right', 'Left'].map(base => [`arrow${base.toLowerCase()}`, base] as const),
])
