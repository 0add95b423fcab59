import { unfinishedText } from './words.ts'
import type { InputReader } from './words.ts'

/** Whom a reader of input reads for. */
export interface ReaderUser {
  /** The reader has thrown. */
  readerFailed(error: unknown): void
}

/**
 * A shell's reader of input, for sessions: where it throws, the input has no words, and its user is
 * told.
 */
export class GuardedReader {
  readonly own: InputReader
  readonly #user: ReaderUser

  constructor(own: InputReader, user: ReaderUser) {
    this.own = own
    this.#user = user
  }

  /** The words of a line; `undefined`: the input goes on in a further one. */
  read(line: string): string[] | undefined {
    try {
      return this.own.read(line)
    } catch (error) {
      this.#user.readerFailed(error)
      return []
    }
  }

  /** What is said of an input that ends here. */
  get unfinished(): string {
    try {
      return unfinishedText(this.own)
    } catch {
      return 'The input is unfinished.'
    }
  }

  /** One that cannot even begin again says so when it reads. */
  reset(): void {
    try {
      this.own.reset()
    } catch {
      return
    }
  }
}
