import { unfinishedText } from './words.ts'
import type { InputReader } from './words.ts'

/** A shell's reader of input, for sessions: where it throws, the input has no words, and `fault` is told. */
export class GuardedReader {
  readonly own: InputReader
  readonly #fault: (error: unknown) => void

  constructor(own: InputReader, fault: (error: unknown) => void) {
    this.own = own
    this.#fault = fault
  }

  /** The words of a line; `undefined`: the input goes on in a further one. */
  read(line: string): string[] | undefined {
    try {
      return this.own.read(line)
    } catch (error) {
      this.#fault(error)
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
