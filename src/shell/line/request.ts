import type { LineAssist } from './assist.ts'
import type { Completable } from './completing.ts'

/**
 * A line that somebody wants to read. Exactly one of `line`, `tooLong`, `interrupted` and `ended`
 * is called, once.
 */
export interface ReadRequest extends Completable {
  readonly prompt: string
  /** What is typed does not show. */
  readonly hidden: boolean
  /** Goes off the screen when it is over, instead of standing there. */
  readonly fleeting?: boolean
  /** Rows below the line, each cut at the edge. */
  readonly below?: readonly string[]
  /** What helps as the line is typed. */
  readonly assist?: LineAssist | undefined
  /** Stands before every further row of a line that holds newlines. Default: nothing. */
  readonly continuation?: string
  /**
   * A line end that is pasted ends the line, as if it had been typed. Default: it goes into the
   * line, to be edited first.
   */
  readonly runsPaste?: boolean
  line(text: string): void
  /**
   * Of a pipe: the line was longer than the editor takes, as the sentence says. People at a
   * terminal are told, and read once more.
   */
  tooLong(sentence: string): void
  /** Ctrl-C. */
  interrupted(): void
  /**
   * Ctrl-D on an empty line; `forGood`: the end of the input, after which nothing can be read any
   * more.
   */
  ended(forGood: boolean): void
}

/** Returns what is said of a line that is longer than its editor takes. */
export function tooLongText(maxLength: number): string {
  return `That line is longer than ${maxLength} characters, and was not taken.`
}
