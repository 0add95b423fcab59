/**
 * Turns what was typed into words; `session`s hold one each. Another language than this one's is
 * another reader.
 */
export interface InputReader {
  /**
   * Takes the next line of the input, without its end. Returns the words, and is ready for new
   * input then; or `undefined` when the input is unfinished: the user is asked for another line
   * with the continuation prompt.
   */
  read(line: string): string[] | undefined
  /** Forgets unfinished input. */
  reset(): void
  /**
   * Returns what unfinished input lacks, as the end of the sentence by which a user is told that
   * input has ended too early: `` matching `'` ``.
   * @default nothing is said of it
   */
  lacks?(): string | undefined
  /**
   * Returns the words of an input as far as it goes, finished or not, and where each stands. The
   * last one goes to the end of the input where nothing has ended it: it is being typed.
   * Completion, the hint, the underline of errors and `:line` go by it; it leaves what `read` has
   * begun alone.
   * @default the first three are left out, and a `:line` is its words, joined by blanks
   */
  locate?(input: string): readonly LocatedWord[]
  /**
   * Returns a word as one types it, so that it is read as it is; `open` is the quote that `locate`
   * has told to be open. Absent: as it is. Where `locate` would read that as another word,
   * completion does not offer it.
   */
  quote?(word: string, open: string): string
}

/** Returns what a user is told whose input has ended in the middle of a command. */
export function unfinishedText(reader: InputReader): string {
  const lacks = reader.lacks?.()
  return `The input is unfinished: unexpected end of input${lacks ? ` while looking for ${lacks}` : ''}.`
}

/** A word, and where it stands in the input: UTF-16 indexes, quotes and escapes included. */
export interface LocatedWord {
  /** As it is read. */
  readonly text: string
  /** Index of the first character in the line, quotes included. */
  readonly start: number
  /** Index after the last character. */
  readonly end: number
  /** The quote that is still open at the end of the input. Absent or empty: none. */
  readonly quote?: string
}
