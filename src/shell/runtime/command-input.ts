import type { WholeInput } from '../run/running-command.ts'
import type { TypedInput } from '../words/cursor.ts'
import { GuardedReader } from '../words/guarded.ts'
import type { ReaderUser } from '../words/guarded.ts'
import type { InputReader } from '../words/input-reader.ts'

/** Whom an input is read for. */
export interface InputUser extends ReaderUser {
  /** Returns whether a command may take the rest of an unfinished input as it was typed. */
  mayTakeLine(words: readonly string[]): boolean
}

/** The input of a session that is read line by line, until a command can be looked for in it. */
export class CommandInput {
  readonly #reader: GuardedReader
  readonly #user: InputUser
  readonly #maxLength: number
  /** The lines of an unfinished input, each with its end. */
  #raw = ''
  /** Characters that were looked through for a command that takes a line. */
  #lookedThrough = 0

  constructor(makeReader: () => InputReader, user: InputUser, maxLength: number) {
    this.#reader = new GuardedReader(makeReader, user)
    this.#user = user
    this.#maxLength = maxLength
  }

  /** What has made words of the input. */
  get reader(): InputReader | undefined {
    return this.#reader.own
  }

  /** The length of the lines before the one that is typed. */
  get before(): number {
    return this.#raw.length
  }

  /** What is said of an input that ends here. */
  get unfinishedText(): string {
    return this.#reader.unfinished
  }

  hasRoomFor(line: string): boolean {
    return this.#raw.length + line.length <= this.#maxLength
  }

  /** Of an input of several lines, all that came before belongs to what is typed. */
  typed(text: string, cursor: number): TypedInput {
    return { line: this.#raw + text, cursor: this.#raw.length + cursor, reader: this.#reader.looking }
  }

  /**
   * Takes the next line. Returns the input where it is whole and not empty, or may be; it stays
   * until `forget` then.
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

  /** All lines are looked through with each one more, which a bound keeps from being quadratic. */
  #openEnded(text: string): WholeInput | undefined {
    if (this.#lookedThrough > this.#maxLength) return undefined
    this.#lookedThrough += text.length
    const words = this.#reader.wordsOf(text)
    return words !== undefined && this.#user.mayTakeLine(words) ? { words, text, unfinished: true } : undefined
  }
}
