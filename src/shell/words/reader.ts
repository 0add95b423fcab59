import { ESCAPE_RULES } from './escapes.ts'
import type { EscapeRules, Escapes, Quote } from './escapes.ts'

export interface WordReaderOptions {
  /**
   * What a `\` does.
   * @default `everywhere`
   */
  readonly escapes?: Escapes
}

/**
 * From what was typed to words. Source: the documented behaviour of telnetsrv, with its errors put
 * right.
 *
 * - Blank and tab separate. `"` and `'` group, also in the middle of a word (`a"b c"d` is `ab cd`);
 *   `""` is an empty word.
 * - `\` escapes, as `escapes` says (see `Escapes`). Nothing else is special: no variables, no
 *   patterns, no comments, no pipes.
 * - A `\` at the end of a line joins the next line on, with nothing between. An open quote goes on
 *   in the next line, and keeps the newline.
 *
 * The reader is fed line by line and keeps its state between them, so that input of many lines
 * costs linear time.
 */
export class WordReader implements InputReader {
  #words: string[] = []
  #word = ''
  /** A word has begun, though it may still be empty (`""`). */
  #begun = false
  #quote: Quote = ''
  readonly #rules: EscapeRules

  constructor({ escapes = 'everywhere' }: WordReaderOptions = {}) {
    this.#rules = ESCAPE_RULES[escapes]
  }

  read(line: string): string[] | undefined {
    const plain = this.#begun || this.#words.length > 0 ? undefined : plainWords(line)
    return plain ?? this.#readSpecial(line)
  }

  reset(): void {
    this.#words = []
    this.#word = ''
    this.#begun = false
    this.#quote = ''
  }

  /** The words of an input, finished or not. */
  locate(input: string): LocatedWord[] {
    const words: LocatedWord[] = []
    const rules = this.#rules
    let [start, text] = [-1, '']
    let quote: Quote = ''
    for (let i = 0; i < input.length; i++) {
      const c = input.charAt(i)
      if (quote === '' && SEPARATORS.has(c)) {
        if (start >= 0) words.push({ text, start, end: i })
        ;[start, text] = [-1, '']
        continue
      }
      const escapes = c === '\\' && rules.applyIn(quote)
      // A joined line end is no part of a word that has not begun.
      if (start < 0 && !(escapes && input[i + 1] === '\n')) start = i
      if (escapes && input[i + 1] === '\n') i += 1
      else if (escapes && i + 1 < input.length) text += rules.meaning(input.charAt(++i), quote)
      else if (c === quote) quote = ''
      else if (quote === '' && isQuote(c)) quote = c
      else text += c
    }
    if (start >= 0) words.push({ text, start, end: input.length, quote })
    return words
  }

  quote(word: string, open: string): string {
    return this.#rules.quote(word, isQuote(open) ? open : '')
  }

  /** Only asked while input is unfinished: without an open quote a `\` was the last character. */
  lacks(): string {
    return this.#quote === '' ? 'the line after `\\`' : `matching \`${this.#quote}\``
  }

  #readSpecial(line: string): string[] | undefined {
    let i = 0
    while (i < line.length) {
      const c = line[i] as string
      if (c === '\\' && this.#rules.applyIn(this.#quote)) {
        if (i + 1 === line.length) return undefined
        this.#add(this.#rules.meaning(line[i + 1] as string, this.#quote))
        i += 2
      } else {
        i = this.#quote === '' ? this.#outside(line, i, c) : this.#inside(line, i, c)
      }
    }
    return this.#lineEnd()
  }

  #outside(line: string, i: number, c: string): number {
    if (c === ' ' || c === '\t') {
      this.#finishWord()
    } else if (c === '"' || c === "'") {
      this.#quote = c
      this.#begun = true
    } else {
      const end = endOfRun(line, i, OUTSIDE)
      this.#add(line.slice(i, end))
      return end
    }
    return i + 1
  }

  #inside(line: string, i: number, c: string): number {
    if (c === this.#quote) {
      this.#quote = ''
      return i + 1
    }
    const end = endOfRun(line, i, this.#quote === '"' ? IN_DOUBLE : this.#rules.endsSingle)
    this.#add(line.slice(i, end))
    return end
  }

  #lineEnd(): string[] | undefined {
    if (this.#quote !== '') {
      this.#add('\n')
      return undefined
    }
    this.#finishWord()
    const words = this.#words
    this.reset()
    return words
  }

  #add(text: string): void {
    this.#word += text
    this.#begun = true
  }

  #finishWord(): void {
    if (!this.#begun) return
    this.#words.push(this.#word)
    this.#word = ''
    this.#begun = false
  }
}

/** Turns what was typed into words; `session`s hold one each. Another language than this one's is another reader. */
export interface InputReader {
  /**
   * Takes the next line of the input, without its end. Answers the words, and is ready for new input then; or `undefined` when
   * the input is unfinished: the user is asked for another line with the continuation prompt.
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
   * Completion, the hint and the underline of errors go by it; it leaves what `read` has begun
   * alone.
   * @default these three are left out
   */
  locate?(input: string): readonly LocatedWord[]
  /**
   * Returns a word as one types it, so that it is read as it is; `open` is the quote that `locate`
   * has told to be open. Default: as it is. Where `locate` would read that as another word,
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
  readonly start: number
  readonly end: number
  /** The quote that is still open at the end of the input. Absent or empty: none. */
  readonly quote?: string
}

function isQuote(text: string): text is Exclude<Quote, ''> {
  return text === '"' || text === "'"
}

const OUTSIDE = /[ \t"'\\]/g
const IN_DOUBLE = /["\\]/g
const SEPARATORS: ReadonlySet<string> = new Set([' ', '\t', '\n'])

function endOfRun(line: string, from: number, stops: RegExp): number {
  stops.lastIndex = from
  return stops.exec(line)?.index ?? line.length
}

/** A line without quotes and escapes, as most are; `undefined`: it is another. */
function plainWords(line: string): string[] | undefined {
  const words: string[] = []
  let start = -1
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code === 0x22 || code === 0x27 || code === 0x5c) return undefined
    const blank = code === 0x20 || code === 0x09
    if (!blank && start < 0) start = i
    if (blank && start >= 0) {
      words.push(line.slice(start, i))
      start = -1
    }
  }
  if (start >= 0) words.push(line.slice(start))
  return words
}
