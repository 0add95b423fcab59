import { CONTROL, CONTROL_KEYS, META, SHIFT, SPECIAL_KEYS, keyNamed, keyOf } from './key.ts'
import type { Key } from './key.ts'

/**
 * Control sequences as keys. Sources: ECMA-48 for their form, xterm's ctlseqs for `[1;5C`, rxvt for
 * `[3^` and `Oc`, the Linux console for `[[A`. PuTTY and SyncTERM are the sources for theirs,
 * fixterms for `CSI u`. Other sequences are no keys: focus, mouse, and replies to queries that the
 * server never sent.
 */

/**
 * Returns the key of `CSI parameters final`, with Meta added if `meta`. Returns a single character
 * if the sequence represents text; `undefined` if it is no key. The Linux console's `[[A` has the
 * parameter `[`.
 */
export function keyOfCsi(parameters: string, final: string, meta: boolean): Key | undefined {
  const held = meta ? META : 0
  if (parameters === '') return plainCsi(final, held)
  if (parameters === '[') return special(`[[${final}`, held)
  const numbers = /^(\d{1,7})(?:;(\d{1,7}))?(?:;(\d{1,7}))?$/.exec(parameters)
  if (numbers === null) return undefined
  const [first, second, third] = numbers.slice(1).map(digits => (digits === undefined ? undefined : Number(digits)))
  if (third !== undefined) {
    return final === '~' && first === 27 ? characterKey(third, held | modifiersOf(second!)) : undefined
  }
  return numberedCsi(first!, second, final, held)
}

/**
 * Returns the key of `SS3 modifier final`: old terminals put a modifier there (`O5C`). Keys of the
 * keypad become their characters.
 */
export function keyOfSs3(modifier: string, final: string, meta: boolean): Key | undefined {
  const held = (meta ? META : 0) | (modifier === '' ? 0 : modifiersOf(Number(modifier)))
  const arrow = RXVT_ARROWS.get(final)
  if (arrow !== undefined) return keyOf(held | CONTROL, arrow)
  if (final === 'M') return keyOf(held, 'Enter')
  return special(`O${final}`, held) ?? KEYPAD.get(final)
}

/** Reads `[C`, `[Z`, and rxvt's `[c` for Shift. */
function plainCsi(final: string, held: number): Key | undefined {
  if (final === 'Z') return keyOf(held | SHIFT, 'Tab')
  const arrow = RXVT_ARROWS.get(final)
  return arrow === undefined ? special(`[${final}`, held) : keyOf(held | SHIFT, arrow)
}

/** Reads `[3~`, `[3;5~`, rxvt's `[3^`, `[1;5C`, the older `[5C`, and `[97;5u`. */
function numberedCsi(first: number, second: number | undefined, final: string, held: number): Key | undefined {
  const modifiers = held | modifiersOf(second ?? 1)
  if (final === 'u') return characterKey(first, modifiers)
  if (final === '~') return special(`[${first}~`, modifiers)
  const rxvt = RXVT_FINALS.get(final)
  if (rxvt !== undefined && second === undefined) return special(`[${first}~`, held | rxvt)
  if (!MODIFIABLE.has(final)) return undefined
  return special(`[${final}`, second === undefined ? held | modifiersOf(first) : modifiers)
}

/**
 * Returns the modifiers of xterm's parameter: 1 more than the sum of Shift 1, Alt 2, Control 4,
 * Meta 8. Other numbers are no modifier.
 */
function modifiersOf(parameter: number): number {
  if (parameter < 2 || parameter > 16) return 0
  const bits = parameter - 1
  return bits & 8 ? (bits & 7) | META : bits
}

function special(body: string, modifiers: number): Key | undefined {
  const base = BASES.get(body)
  return base === undefined ? undefined : keyOf(modifiers, base)
}

/**
 * Returns the key of a character that a terminal sends as a number. Control characters without a
 * name and private-use characters are no keys.
 */
function characterKey(codePoint: number, modifiers: number): Key | undefined {
  const named = NAMED.get(codePoint)
  if (named !== undefined) return keyOf(modifiers, named)
  if (codePoint > 0x10ffff) return undefined
  const character = String.fromCodePoint(codePoint)
  if (/\p{C}/u.test(character)) return undefined
  if (modifiers & CONTROL) return keyNamed(keyOf(modifiers, character))
  return keyNamed(keyOf(modifiers & ~SHIFT, modifiers & SHIFT ? character.toUpperCase() : character))
}

const NAMED: ReadonlyMap<number, string> = new Map([
  [8, 'Backspace'],
  [9, 'Tab'],
  [13, 'Enter'],
  [27, 'Escape'],
  [127, 'Backspace'],
])

const BASES: ReadonlyMap<string, string> = new Map(
  Array.from(SPECIAL_KEYS, ([base, bodies]) => bodies.map(body => [body, base] as const)).flat(),
)

/** Finals that take a modifier. `R` is none: with parameters it reports the cursor's position. */
const MODIFIABLE: ReadonlySet<string> = new Set('ABCDEFHPQS')

/** rxvt: `[a` is Shift and Up, `Oa` Control and Up. */
const RXVT_ARROWS: ReadonlyMap<string, string> = new Map([
  ['a', 'Up'],
  ['b', 'Down'],
  ['c', 'Right'],
  ['d', 'Left'],
])

/** rxvt: the modifiers of `[3$`, `[3^`, `[3@`. */
const RXVT_FINALS: ReadonlyMap<string, number> = new Map([
  ['$', SHIFT],
  ['^', CONTROL],
  ['@', CONTROL | SHIFT],
])

/**
 * The keypad in application mode (VT100), which PuTTY and others may use without a request. Its 7
 * is PuTTY's End.
 */
const KEYPAD: ReadonlyMap<string, string> = new Map(
  Array.from('*+,-./0123456789', (character, index) => [String.fromCharCode(0x6a + index), character] as const),
)

/** `M-` and each ASCII character, by its code. */
export const META_KEYS: readonly Key[] = Array.from({ length: 128 }, (_, code) => {
  if (code === 0x20) return 'M-Space'
  if (code === 0x7f) return 'M-Backspace'
  return `M-${CONTROL_KEYS[code] ?? String.fromCharCode(code)}`
})

/**
 * Returns whether a character is the `$` with which rxvt ends `[3$`; elsewhere it is an
 * intermediate character.
 */
export function isRxvtShift(code: number, parameters: string): boolean {
  return code === 0x24 && /^\d+$/.test(parameters)
}

/** Returns whether a key is text that came as a sequence: one character without a modifier. */
export function isCharacter(key: Key): boolean {
  return key.length === 1 || (key.length === 2 && key.codePointAt(0)! > 0xffff)
}
