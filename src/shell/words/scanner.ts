import type { EscapeRules, Quote } from './escapes.ts'
import type { LocatedWord } from './input-reader.ts'

/**
 * Scans an input for its words, line by line: what `WordReader` says of blanks, quotes and escapes
 * is decided here, for a line that is read and for one that is still being typed. It keeps its
 * state between lines, so that input of many lines costs linear time.
 */
export class WordScanner {
  /** Those that have ended. */
  readonly words: LocatedWord[] = []
  readonly #rules: EscapeRules
  /** Of all lines that have been scanned, in UTF-16 units. */
  #length = 0
  #quote: Quote = ''
  /** The word that is being read: where it began, −1 where none has, and what it says so far. */
  #start = -1
  #text = ''
  /** The line has ended in a `\`, which joins the next one on. */
  #joins = false

  constructor(rules: EscapeRules) {
    this.#rules = rules
  }

  /** The quote that is open. */
  get quote(): Quote {
    return this.#quote
  }

  /** Scans the next line, without its end. */
  scan(line: string): void {
    let i = 0
    while (i < line.length) i = this.#quote === '' ? this.#outside(line, i) : this.#inside(line, i)
    this.#length += line.length
  }

  /** The line is over. Returns whether the input is: nothing is open, and nothing joined on. */
  endLine(): boolean {
    const isOver = this.#quote === '' && !this.#joins
    if (isOver) this.#endWord(this.#length)
    else if (!this.#joins) this.#text += '\n'
    this.#joins = false
    this.#length += 1
    return isOver
  }

  /**
   * The word that nothing has ended yet, if there is one; a `\` behind which nothing came is a
   * character.
   */
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

  /** A joined line end is no part of a word that has not begun. */
  #escape(line: string, i: number): number {
    this.#joins = i + 1 === line.length
    if (this.#joins) return i + 1
    this.#begin(i)
    this.#text += this.#rules.meaning(line.charAt(i + 1), this.#quote)
    return i + 2
  }

  /** Plain characters, up to one that may mean something. */
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
