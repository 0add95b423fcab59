import type { SafeText } from '../../core/text/safe-text.ts'
import type { KeyBindings } from '../../editor/keys/map.ts'

/** How a line is read from a user. */
export interface ReadLineOptions {
  /**
   * `false`: what is typed does not show. Where it cannot be hidden (netcat), the user is told so
   * first.
   * @default `true`
   */
  echo?: boolean
  /**
   * `false`: no recall of earlier lines, and this one is not stored.
   * @default `true` where the line is echoed
   */
  history?: boolean
  /**
   * Binds keys for this line alone, besides the shell's `keys`. An unknown name rejects with an
   * `AnswerbackError` (`OPTION`).
   */
  keys?: KeyBindings
  /**
   * What Enter alone means; the prompt should tell.
   * @default an empty line
   */
  default?: string
  /**
   * Judges an answer: a sentence says what is wrong with it, and it is asked for again; nothing, or
   * `true`, takes it.
   * @default every answer is taken
   */
  validate?: LineValidator
}

/** Judges an answer: a sentence says what is wrong with it; nothing, or `true`, takes it. */
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
   * What Enter alone means.
   * @default the question is asked again
   */
  default?: boolean
}

/** How `select` asks. */
export interface SelectOptions<T> {
  /**
   * The value that Enter alone means.
   * @default in a menu the first one; in a numbered list the question is asked again
   */
  default?: T
}

/** What can be chosen: a text, or a value under a label. */
export type Choice<T> = (T & string) | { readonly label: string; readonly value: T }
