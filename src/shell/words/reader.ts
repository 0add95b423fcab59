import { ESCAPE_RULES } from './escapes.ts'
import type { EscapeRules, EscapeStyle } from './escapes.ts'
import type { InputReader, LocatedWord } from './input-reader.ts'
import { isQuote, WordScanner } from './scanner.ts'

/** How a `WordReader` reads. */
export interface WordReaderOptions {
  /**
   * What a `\` does.
   * @default `everywhere`
   */
  readonly escapes?: EscapeStyle
}

/**
 * Reads input into words, as telnetsrv documents it, without its errors.
 *
 * - Blank and tab separate. `"` and `'` group, even in the middle of a word (`a"b c"d` is `ab cd`);
 *   `""` is an empty word.
 * - `\` escapes, as `escapes` says (see `EscapeStyle`). Nothing else is special: no variables, no
 *   patterns, no comments, no pipes.
 * - A `\` at the end of a line joins the next line, with nothing between. An open quote continues
 *   in the next line, and keeps the newline.
 */
export class WordReader implements InputReader {
  readonly #rules: EscapeRules
  /** The scanner of an unfinished input. */
  #scanner: WordScanner | undefined

  constructor({ escapes = 'everywhere' }: WordReaderOptions = {}) {
    this.#rules = ESCAPE_RULES[escapes]
  }

  read(line: string): string[] | undefined {
    // Most lines are words separated by one blank.
    if (this.#scanner === undefined && !SPECIAL.test(line)) return line.split(' ')
    const scanner = (this.#scanner ??= new WordScanner(this.#rules))
    scanner.scan(line)
    if (!scanner.endLine()) return undefined
    this.reset()
    return scanner.words.map(({ text }) => text)
  }

  reset(): void {
    this.#scanner = undefined
  }

  /** Returns the words of an input, finished or not. */
  locate(input: string): LocatedWord[] {
    const scanner = new WordScanner(this.#rules)
    for (const [i, line] of input.split('\n').entries()) {
      if (i > 0) scanner.endLine()
      scanner.scan(line)
    }
    const { words, typed } = scanner
    return typed === undefined ? words : [...words, typed]
  }

  quote(word: string, open: string): string {
    return this.#rules.quote(word, isQuote(open) ? open : '')
  }

  /** Called only for unfinished input: without an open quote the last character was a `\`. */
  lacks(): string {
    const quote = this.#scanner?.quote
    return quote ? `matching \`${quote}\`` : 'the line after `\\`'
  }
}

/** A quote, an escape, a tab, a blank without a word on both sides, or nothing at all. */
const SPECIAL = /["'\\\t]| {2}|^ | $|^$/
