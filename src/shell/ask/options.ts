import type { SafeText } from '../../core/text/safe-text.ts'
import type { KeyBindings } from '../../editor/keys/map.ts'

/** How a line is read from a user. */
export interface ReadLineOptions {
  /**
   * `false` hides the input. If the terminal cannot hide it (netcat), a warning comes first.
   * @default `true`
   */
  echo?: boolean
  /**
   * `false` recalls no earlier lines, and does not store this one.
   * @default `true` where the line is echoed
   */
  history?: boolean
  /**
   * Binds keys for this line alone, in addition to the shell's `keys`. An unknown name rejects with
   * an `AnswerbackError` (`OPTION`).
   */
  keys?: KeyBindings
  /**
   * The answer that Enter alone gives; the prompt should name it.
   * @default an empty line
   */
  default?: string
  /**
   * Judges an answer. A returned sentence says what is wrong, and the question is asked again;
   * nothing, or `true`, accepts the answer.
   * @default every answer is taken
   */
  validate?: LineValidator
}

/**
 * Judges an answer: a returned sentence says what is wrong with it; nothing, or `true`, accepts it.
 */
export type LineValidator = (answer: string) => Judgement | Promise<Judgement>

type Judgement = string | SafeText | true | undefined | void

/** How `secret` asks. */
export interface SecretOptions {
  /** As for `readLine`. */
  validate?: LineValidator
}

/** How `confirm` asks. */
export interface ConfirmOptions {
  /**
   * The answer that Enter alone gives.
   * @default the question is asked again
   */
  default?: boolean
}

/** How `select` asks. */
export interface SelectOptions<T> {
  /**
   * The value that Enter alone gives.
   * @default in a menu the first one; in a numbered list the question is asked again
   */
  default?: T
}

/** One choice: a text, or a value with a label. */
export type Choice<T> = (T & string) | { readonly label: string; readonly value: T }
