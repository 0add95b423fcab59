import { isText, optionError } from '../../core/options/options.ts'
import { readWords, unfinishedText } from '../words/input-reader.ts'
import type { InputReader } from '../words/input-reader.ts'
import type { WholeInput } from './running-command.ts'

/** An input from a program. */
export interface NestedInput extends WholeInput {
  /** Locates the words; absent if the input was given as words. */
  readonly reader?: InputReader
  /** The error text if the input ends too early, and no command takes the rest of the line. */
  readonly unfinishedText: string
}

/**
 * Reads one command, or returns the sentence that refuses the input. A text of several commands is
 * refused: a line end in text from a user must not begin another command. Throws what the reader
 * throws.
 */
export function readInput(given: unknown, reader: InputReader, maxInput: number): NestedInput | string {
  const isLine = isText(given)
  if (!isLine && !(Array.isArray(given) && given.every(word => typeof word === 'string')))
    throw optionError('command of session.run()', given, 'it is a line, or a list of words')
  const raw = isLine ? String(given) : given.map(word => reader.quote?.(word, '') ?? word).join(' ')
  if (raw.length > maxInput) return `The input is longer than ${maxInput} characters, and was not run.`
  return isLine ? readLines(raw, reader) : { words: given, text: raw, unfinished: false, unfinishedText: '' }
}

function readLines(raw: string, reader: InputReader): NestedInput | string {
  const lines = raw.replace(/(?:\r?\n)+$/, '').split(/\r?\n/)
  let words: string[] | undefined
  for (const line of lines) {
    if (words !== undefined) return 'The input holds more than one command, and was not run.'
    words = readWords(reader, line)
  }
  const text = lines.join('\n')
  if (words !== undefined) return { words, text, unfinished: false, reader, unfinishedText: '' }
  const lacking = unfinishedText(reader)
  const begun = reader.locate?.(text).map(word => word.text)
  return begun === undefined ? lacking : { words: begun, text, unfinished: true, reader, unfinishedText: lacking }
}
