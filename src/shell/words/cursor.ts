import type { InputReader, LocatedWord } from './input-reader.ts'

/** An input being typed, and the reader of its words. */
export interface TypedInput {
  readonly line: string
  readonly cursor: number
  readonly reader: InputReader
}

/** A reader that locates words. */
export type LocatingReader = InputReader & Required<Pick<InputReader, 'locate'>>

/** An input whose words can be located. */
export interface LocatedInput extends TypedInput {
  readonly reader: LocatingReader
}

export function locates(input: TypedInput): input is LocatedInput {
  return input.reader.locate !== undefined
}

/** The input up to the cursor, in words; the last one is being typed. */
export class CursorWord {
  /** The words before it, read. */
  readonly words: readonly string[]
  /** Where it begins: a UTF-16 index, including its quote. */
  readonly start: number
  readonly end: number
  /** Its text so far, read; empty if no word has begun. */
  readonly text: string
  /** The quote that is still open; else empty. */
  readonly quote: string
  /** Where each word before it begins. */
  readonly #starts: readonly number[]
  readonly #input: string
  readonly #reader: LocatingReader
  readonly #before: string

  constructor(input: string, reader: LocatingReader) {
    const words = reader.locate(input)
    const last = words.at(-1)
    const typed: LocatedWord | undefined = last?.end === input.length ? last : undefined
    const before = typed === undefined ? words : words.slice(0, -1)
    this.words = before.map(({ text }) => text)
    this.start = typed?.start ?? input.length
    this.end = input.length
    this.text = typed?.text ?? ''
    this.quote = typed?.quote ?? ''
    this.#starts = before.map(({ start }) => start)
    this.#input = input
    this.#reader = reader
    this.#before = input.slice(0, this.start)
  }

  /** Returns the typed input, from the word of that index on. */
  from(index: number): { readonly start: number; readonly text: string } {
    const start = this.#starts[index] ?? this.start
    return { start, text: this.#input.slice(start) }
  }

  /** Whether a blank ends a word. */
  get blankSeparates(): boolean {
    const [first, ...others] = this.#reader.locate('a ')
    return first?.text === 'a' && others.length === 0
  }

  /**
   * Returns a word as it is to be typed in place of this one; `undefined` if the reader would read
   * another word.
   */
  asTyped(word: string): string | undefined {
    if (this.#reader.quote !== undefined) return this.#reader.quote(word, this.quote)
    return this.#reader.locate(this.#before + word).at(-1)?.text === word ? word : undefined
  }
}

/** Finds the word at the cursor, even in unfinished input. Text after the cursor has no effect. */
export function cursorWord(line: string, cursor: number, reader: LocatingReader): CursorWord {
  return new CursorWord(line.slice(0, cursor), reader)
}
