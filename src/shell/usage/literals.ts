import type { Value } from './text.ts'

/**
 * Returns a word as a value of its declared type; `undefined` if it is none. Numbers are decimal
 * only. So nothing that JavaScript also accepts (`0x10`, `1e999`, `Infinity`, an empty word) is a
 * number to a user.
 */
export function readLiteral(declared: Pick<Value, 'type' | 'choices'>, word: string): unknown {
  return READERS[declared.type](word, declared.choices)
}

/** Returns whether the word is a number too large for its type: that has a message of its own. */
export function isTooLarge(type: Value['type'], word: string): boolean {
  return type === 'integer' ? INTEGER.test(word) : type === 'number' && NUMBER.test(word)
}

const READERS: Record<Value['type'], (word: string, choices: readonly string[]) => unknown> = {
  string: word => word,
  number: readNumber,
  integer: readInteger,
  boolean: word => TRUTH.get(word.toLowerCase()),
  secret: word => word,
  line: word => word,
  choice: readChoice,
}

/** Reads a sign, digits with a fraction, and an exponent; finite. `-0` is 0. */
function readNumber(word: string): number | undefined {
  if (!NUMBER.test(word)) return undefined
  const value = Number(word)
  return Number.isFinite(value) ? value + 0 : undefined
}

/** Reads a sign and digits; only what a number holds exactly, up to 2^53 − 1. */
function readInteger(word: string): number | undefined {
  if (!INTEGER.test(word)) return undefined
  const value = Number(word)
  return Number.isSafeInteger(value) ? value + 0 : undefined
}

/** Matches a choice as declared, else in any case; returns the declared spelling. */
function readChoice(word: string, choices: readonly string[]): string | undefined {
  if (choices.includes(word)) return word
  const lower = word.toLowerCase()
  return choices.find(choice => choice.toLowerCase() === lower)
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
