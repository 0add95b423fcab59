import type { WholeInput } from '../run/running-command.ts'
import type { TypedInput } from '../words/cursor.ts'
import { GuardedReader } from '../words/guarded.ts'
import type { ReaderUser } from '../words/guarded.ts'
import type { InputReader } from '../words/input-reader.ts'

/** The user of an input. */
export interface InputUser extends ReaderUser {
  /** Returns whether a command may take the rest of an unfinished input as it was typed. */
  mayTakeLine(words: readonly string[]): boolean
}

/** The input of a session, read line by line until it can be searched for a command. */
export class CommandInput {
  readonly #reader: GuardedReader
  readonly #user: InputUser
  readonly #maxLength: number
  /** The lines of an unfinished input, each with its end. */
  #raw = ''
  /** The number of characters searched so far for a command that takes a line. */
  #lookedThrough = 0

  constructor(makeReader: () => InputReader, user: InputUser, maxLength: number) {
    this.#reader = new GuardedReader(makeReader, user)
    this.#user = user
    this.#maxLength = maxLength
  }

  /** The reader that has made words of the input. */
  get reader(): InputReader | undefined {
    return this.#reader.own
  }

  /** The length of the lines before the one that is being typed. */
  get before(): number {
    return this.#raw.length
  }

  /** The message for an input that ends here. */
  get unfinishedText(): string {
    return this.#reader.unfinished
  }

  hasRoomFor(line: string): boolean {
    return this.#raw.length + line.length <= this.#maxLength
  }

  /** Returns the typed input; in an input of several lines it includes all earlier ones. */
  typed(text: string, cursor: number): TypedInput {
    return { line: this.#raw + text, cursor: this.#raw.length + cursor, reader: this.#reader.looking }
  }

  /**
   * Takes the next line. Returns the input if it is complete and not empty, or may be complete. A
   * possibly complete input stays until `forget`.
   */
  take(line: string): WholeInput | undefined {
    const words = this.#reader.read(line)
    const text = this.#raw + line
    if (words === undefined) {
      this.#raw = `${text}\n`
      return this.#openEnded(text)
    }
    this.#drop()
    return words.length === 0 ? undefined : { words, text, unfinished: false }
  }

  forget(): void {
    this.#drop()
    this.#reader.reset()
  }

  #drop(): void {
    this.#raw = ''
    this.#lookedThrough = 0
  }

  /** Each further line searches all lines again; the bound keeps that from being quadratic. */
  #openEnded(text: string): WholeInput | undefined {
    if (this.#lookedThrough > this.#maxLength) return undefined
    this.#lookedThrough += text.length
    const words = this.#reader.wordsOf(text)
    return words !== undefined && this.#user.mayTakeLine(words) ? { words, text, unfinished: true } : undefined
  }
}
