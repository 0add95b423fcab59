import { readableError } from '../../core/options/readable-error.ts'
import { readWords, unfinishedText } from './input-reader.ts'
import type { InputReader } from './input-reader.ts'

/** A reader without words, which locates none: completion and hints are omitted. */
const NO_READER: InputReader = { read: () => [], reset() {} }

/** The session that a reader of input reads for. */
export interface ReaderUser {
  /** Reports an error that the reader has thrown. */
  readerFailed(error: unknown): void
}

/**
 * A shell's reader of input, for one session. If it throws, the input has no words, and the user
 * reads an error. It is created for the first input, and again for the next one after a failure.
 */
export class GuardedReader {
  /** The shell's own reader, once created. */
  own: InputReader | undefined
  readonly #make: () => InputReader
  readonly #user: ReaderUser

  constructor(make: () => InputReader, user: ReaderUser) {
    this.#make = make
    this.#user = user
  }

  /** Returns the words of a line; `undefined` if the input continues in a further one. */
  read(line: string): string[] | undefined {
    try {
      return readWords((this.own ??= this.#make()), line)
    } catch (error) {
      this.#user.readerFailed(readableError(error))
      return []
    }
  }

  /** Returns the words of an input so far; `undefined` if the reader does not locate them. */
  wordsOf(input: string): string[] | undefined {
    try {
      return this.own?.locate?.(input).map(({ text }) => text)
    } catch {
      return undefined
    }
  }

  /** The shell's own reader, to inspect a line that is still being typed. */
  get looking(): InputReader {
    try {
      return (this.own ??= this.#make())
    } catch {
      return NO_READER
    }
  }

  /** The message for an input that ends here. */
  get unfinished(): string {
    try {
      return unfinishedText(this.own ?? NO_READER)
    } catch {
      return 'The input is unfinished.'
    }
  }

  /** Resets the reader; one that cannot reports it at the next read. */
  reset(): void {
    try {
      this.own?.reset()
    } catch {
      return
    }
  }
}
