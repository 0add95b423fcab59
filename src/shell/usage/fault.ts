import { isTooLarge } from './literals.ts'
import { didYouMean } from '../../core/text/nearest.ts'
import type { Value } from './text.ts'
import { TYPE_NAMES } from './sentences.ts'
import { quoted } from '../../core/text/visible.ts'

/** A fault of words that do not fit their command. */
export class ArgumentFault {
  /** The index of the word at fault; the number of words if one is missing. */
  readonly word: number
  /** Without a full stop, and without active control characters. */
  readonly sentence: string

  constructor(word: number, sentence: string) {
    this.word = word
    this.sentence = sentence
  }
}

/**
 * Returns the fault of a word that is no value of its type; `label` is the user's name for the
 * value.
 */
export function misfit(label: string, declared: Value, word: string, index: number): ArgumentFault {
  if (isTooLarge(declared.type, word)) return new ArgumentFault(index, `${label} is too large: ${quoted(word)}`)
  const hint = didYouMean(word, declared.choices)
  return new ArgumentFault(index, `${label} must be ${expected(declared)}, not ${quoted(word)}${hint}`)
}

function expected({ type, choices }: Value): string {
  if (type !== 'choice') return TYPE_NAMES[type]
  return choices.length > MANY_CHOICES
    ? `one of ${choices.slice(0, MANY_CHOICES).join(', ')}, …`
    : enumeration(choices, 'or')
}

/** From here on the choices are not listed to the user. */
const MANY_CHOICES = 12

/** Returns `a, b and c`. */
export function enumeration(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}
