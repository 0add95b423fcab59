/**
 * Words that stand for numbers and truth values. `undefined`: the word is none. Decimal notation alone, so that nothing that
 * JavaScript happens to take (`0x10`, `1e999`, `Infinity`, an empty word) means a number to a user.
 */

/** A sign, digits with a fraction, an exponent; finite. `-0` is 0. */
export function readNumber(word: string): number | undefined {
  if (!NUMBER.test(word)) return undefined
  const value = Number(word)
  return Number.isFinite(value) ? value + 0 : undefined
}

/** A sign and digits; only what a number holds exactly, up to 2^53 − 1. */
export function readInteger(word: string): number | undefined {
  if (!INTEGER.test(word)) return undefined
  const value = Number(word)
  return Number.isSafeInteger(value) ? value + 0 : undefined
}

/** `true` `yes` `on` `1`, `false` `no` `off` `0`, in any case. */
export function readBoolean(word: string): boolean | undefined {
  return TRUTH.get(word.toLowerCase())
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const INTEGER = /^[+-]?\d+$/
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
])
