/**
 * From what was typed to words, much as Bash does it. Source: the documented behaviour of telnetsrv, with its errors put right.
 *
 * - Blank and tab separate. `"` and `'` group, also in the middle of a word (`a"b c"d` is `ab cd`); `""` is an empty word.
 * - `\` escapes everywhere, inside both quotes too: `\\` `\t` `\n` `\ ` `\"` `\'`. Any other `\x` stays as it is, both characters.
 * - A `\` at the end of a line joins the next line on, with nothing between. An open quote goes on in the next line, and keeps the newline.
 *
 * The reader is fed line by line and keeps its state between them, so that input of many lines costs linear time.
 */
export class WordReader implements InputReader {
  #words: string[] = []
  #word = ''
  /** A word has begun, though it may still be empty (`""`). */
  #begun = false
  #quote = ''

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

  /** Only asked while input is unfinished: without an open quote a `\` was the last character. */
  lacks(): string {
    return this.#quote === '' ? 'the line after `\\`' : `matching \`${this.#quote}\``
  }

  #readSpecial(line: string): string[] | undefined {
    let i = 0
    while (i < line.length) {
      const c = line[i] as string
      if (c === '\\') {
        if (i + 1 === line.length) return undefined
        this.#add(ESCAPES[line[i + 1] as string] ?? line.slice(i, i + 2))
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
    const end = endOfRun(line, i, this.#quote === '"' ? IN_DOUBLE : IN_SINGLE)
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
   * Returns what unfinished input lacks, as the end of the sentence by which a user is told that input has ended too early: `` matching `'` ``. Default: nothing is said
   * of it.
   */
  lacks?(): string | undefined
}

/** Returns what a user is told whose input has ended in the middle of a command. */
export function unfinishedText(reader: InputReader): string {
  const lacks = reader.lacks?.()
  return `The input is unfinished: unexpected end of input${lacks ? ` while looking for ${lacks}` : ''}.`
}

/** Where a word of a finished input stands in its raw text: UTF-16 indexes, quotes and escapes included. For error messages. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The spans of all words of `raw`, in the same order as `WordReader` gives the words. */
export function wordSpans(raw: string): Span[] {
  const spans: Span[] = []
  let start = -1
  let quote = ''
  for (let i = 0; i <= raw.length; i++) {
    const c = raw[i]
    const separates = c === undefined || (quote === '' && (c === ' ' || c === '\t' || c === '\n'))
    if (separates) {
      if (start >= 0) spans.push({ start, end: i })
      start = -1
    } else {
      // A joined line end is no part of a word that has not begun.
      if (start < 0 && !(c === '\\' && raw[i + 1] === '\n')) start = i
      if (c === '\\') i += 1
      else if (c === quote) quote = ''
      else if (quote === '' && (c === '"' || c === "'")) quote = c
    }
  }
  return spans
}

const OUTSIDE = /[ \t"'\\]/g
const IN_DOUBLE = /["\\]/g
const IN_SINGLE = /['\\]/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', ' ': ' ', '"': '"', "'": "'" }

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
