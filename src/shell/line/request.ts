import type { LineAssist } from './assist.ts'
import type { Completable } from './completing.ts'

/**
 * A request for a line. Exactly one of `line`, `tooLong`, `interrupted` and `ended` is called,
 * once.
 */
export interface ReadRequest extends Completable {
  readonly prompt: string
  /** Whether typed text is not shown. */
  readonly hidden: boolean
  /** Whether the line leaves the screen when it is over. */
  readonly fleeting?: boolean
  /** Rows below the line, each cut at the edge. */
  readonly below?: readonly string[]
  /** Helps while the line is typed. */
  readonly assist?: LineAssist | undefined
  /** The text before every further row of a line with newlines. Default: nothing. */
  readonly continuation?: string
  /**
   * Whether a pasted line end ends the line, as if it had been typed. Default: it goes into the
   * line, to be edited first.
   */
  readonly runsPaste?: boolean
  line(text: string): void
  /**
   * Called for a pipe if the line was longer than the editor takes, with the sentence that says so.
   * At a terminal, the user sees the sentence, and the line is read again.
   */
  tooLong(sentence: string): void
  /** Called at Ctrl-C. */
  interrupted(): void
  /**
   * Called at Ctrl-D on an empty line. With `forGood`, called at the end of the input, after which
   * nothing can be read.
   */
  ended(forGood: boolean): void
}

/** Returns the error text for a line that is longer than its editor takes. */
export function tooLongText(maxLength: number): string {
  return `That line is longer than ${maxLength} characters, and was not taken.`
}
