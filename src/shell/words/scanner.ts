import type { EscapeRules, Quote } from './escapes.ts'
import type { LocatedWord } from './input-reader.ts'

/**
 * Scans an input for its words, line by line, by `WordReader`'s rules of blanks, quotes and
 * escapes. It serves a line that is read and one that is still being typed. It keeps its state
 * between lines, so that input of many lines costs linear time.
 */
export class WordScanner {
  /** The words that have ended. */
  readonly words: LocatedWord[] = []
  readonly #rules: EscapeRules
  /** The length of all scanned lines, in UTF-16 units. */
  #length = 0
  #quote: Quote = ''
  /** Where the current word began, −1 for none; `#text` is its text so far. */
  #start = -1
  #text = ''
  /** Whether the line has ended in a `\`, which joins the next one. */
  #joins = false

  constructor(rules: EscapeRules) {
    this.#rules = rules
  }

  /** The open quote. */
  get quote(): Quote {
    return this.#quote
  }

  /** Scans the next line, without its end. */
  scan(line: string): void {
    let i = 0
    while (i < line.length) i = this.#quote === '' ? this.#outside(line, i) : this.#inside(line, i)
    this.#length += line.length
  }

  /** Ends the line. Returns whether the input is complete: no open quote, and no joined line. */
  endLine(): boolean {
    const isOver = this.#quote === '' && !this.#joins
    if (isOver) this.#endWord(this.#length)
    else if (!this.#joins) this.#text += '\n'
    this.#joins = false
    this.#length += 1
    return isOver
  }

  /** The word that nothing has ended yet, if any; a `\` at the very end is a character. */
  get typed(): LocatedWord | undefined {
    const start = this.#start < 0 && this.#joins ? this.#length - 1 : this.#start
    if (start < 0) return undefined
    return { text: this.#joins ? `${this.#text}\\` : this.#text, start, end: this.#length, quote: this.#quote }
  }

  #outside(line: string, i: number): number {
    const c = line.charAt(i)
    if (c === '\\') return this.#escape(line, i)
    if (c === ' ' || c === '\t') {
      this.#endWord(this.#length + i)
    } else {
      this.#begin(i)
      if (!isQuote(c)) return this.#run(line, i, OUTSIDE)
      this.#quote = c
    }
    return i + 1
  }

  #inside(line: string, i: number): number {
    const c = line.charAt(i)
    if (c === '\\' && this.#rules.applyIn(this.#quote)) return this.#escape(line, i)
    if (c !== this.#quote) return this.#run(line, i, this.#quote === '"' ? IN_DOUBLE : this.#rules.endsSingle)
    this.#quote = ''
    return i + 1
  }

  /** Reads an escape. A joined line end does not begin a word. */
  #escape(line: string, i: number): number {
    this.#joins = i + 1 === line.length
    if (this.#joins) return i + 1
    this.#begin(i)
    this.#text += this.#rules.meaning(line.charAt(i + 1), this.#quote)
    return i + 2
  }

  /** Reads plain characters, up to one that may be special. */
  #run(line: string, i: number, stops: RegExp): number {
    stops.lastIndex = i
    const end = stops.exec(line)?.index ?? line.length
    this.#text += line.slice(i, end)
    return end
  }

  #begin(i: number): void {
    if (this.#start < 0) this.#start = this.#length + i
  }

  #endWord(end: number): void {
    if (this.#start < 0) return
    this.words.push({ text: this.#text, start: this.#start, end })
    this.#start = -1
    this.#text = ''
  }
}

export function isQuote(text: string): text is Exclude<Quote, ''> {
  return text === '"' || text === "'"
}

const OUTSIDE = /[ \t"'\\]/g
const IN_DOUBLE = /["\\]/g
