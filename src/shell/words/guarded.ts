import { unfinishedText } from './input-reader.ts'
import type { InputReader } from './input-reader.ts'

/** It knows no words, and does not tell where any stand: completion and hints are left out. */
const NO_READER: InputReader = { read: () => [], reset() {} }

/** Whom a reader of input reads for. */
export interface ReaderUser {
  /** The reader has thrown. */
  readerFailed(error: unknown): void
}

/**
 * A shell's reader of input, for one session: where it throws, the input has no words, and its user
 * is told. It is made for the first input, and for the next one where it could not be made.
 */
export class GuardedReader {
  /** The shell's own, when it has been made. */
  own: InputReader | undefined
  readonly #make: () => InputReader
  readonly #user: ReaderUser

  constructor(make: () => InputReader, user: ReaderUser) {
    this.#make = make
    this.#user = user
  }

  /** The words of a line; `undefined`: the input goes on in a further one. */
  read(line: string): string[] | undefined {
    try {
      return (this.own ??= this.#make()).read(line)
    } catch (error) {
      this.#user.readerFailed(error)
      return []
    }
  }

  /**
   * The words of an input, as far as it goes; `undefined` where the reader does not tell where they
   * stand.
   */
  wordsOf(input: string): string[] | undefined {
    try {
      return this.own?.locate?.(input).map(({ text }) => text)
    } catch {
      return undefined
    }
  }

  /** The shell's own, to look at a line that is still being typed. */
  get looking(): InputReader {
    try {
      return (this.own ??= this.#make())
    } catch {
      return NO_READER
    }
  }

  /** What is said of an input that ends here. */
  get unfinished(): string {
    try {
      return unfinishedText(this.own ?? NO_READER)
    } catch {
      return 'The input is unfinished.'
    }
  }

  /** One that cannot even begin again says so when it reads. */
  reset(): void {
    try {
      this.own?.reset()
    } catch {
      return
    }
  }
}
