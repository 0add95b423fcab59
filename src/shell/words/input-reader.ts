/** Turns input into words; each session has one. Another reader is another language. */
export interface InputReader {
  /**
   * Reads the next line of the input, without its end. Returns the words, and is then ready for new
   * input. Returns `undefined` if the input is unfinished: the continuation prompt asks for another
   * line.
   */
  read(line: string): string[] | undefined
  /** Drops unfinished input. */
  reset(): void
  /**
   * Returns what unfinished input lacks, as the end of the message about input that has ended too
   * early: `` matching `'` ``.
   * @default nothing
   */
  lacks?(): string | undefined
  /**
   * Returns the words of an input so far, finished or not, with their places. The last one extends
   * to the end of the input if nothing has ended it: it is being typed. Completion, the hint, the
   * underline of errors and `:line` use it. It does not change the state of `read`.
   * @default the first three are left out, and a `:line` is its words, joined by blanks
   */
  locate?(input: string): readonly LocatedWord[]
  /**
   * Returns a word as it is typed, so that it is read unchanged. `open` is the open quote that
   * `locate` has found. If absent, words are typed unchanged. Completion does not offer a word that
   * `locate` would read as another.
   */
  quote?(word: string, open: string): string
}

/**
 * Returns the words of the next line, in a list of their own. Throws what the reader throws, or an
 * error if it returns no words.
 */
export function readWords(reader: InputReader, line: string): string[] | undefined {
  const words: unknown = reader.read(line)
  if (words === undefined) return undefined
  if (!Array.isArray(words)) throw new TypeError(NO_WORDS)
  const own: string[] = []
  for (const word of words as unknown[]) {
    if (typeof word !== 'string') throw new TypeError(NO_WORDS)
    own.push(word)
  }
  return own
}

const NO_WORDS = 'The read() of a reader must return a list of strings, or undefined.'

/** Returns the message for an input that has ended in the middle of a command. */
export function unfinishedText(reader: InputReader): string {
  const lacks = reader.lacks?.()
  return `The input is unfinished: unexpected end of input${lacks ? ` while looking for ${lacks}` : ''}.`
}

/** A word, and its place in the input: UTF-16 indexes, including quotes and escapes. */
export interface LocatedWord {
  /** As it is read. */
  readonly text: string
  /** Index of the first character in the line, including quotes. */
  readonly start: number
  /** Index after the last character. */
  readonly end: number
  /** The quote that is still open at the end of the input; absent or empty for none. */
  readonly quote?: string
}
