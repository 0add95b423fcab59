import type { SafeText } from '../core/safe-text.ts'
import type { KeyBindings } from '../editor/key-map.ts'
import type { Judge } from './questions.ts'

/** How a line is read from a user. */
export interface ReadLineOptions {
  /** Shown before the input, and again whenever the input is drawn. Default: none. */
  prompt?: string | SafeText
  /**
   * `false`: what is typed does not show. Where it cannot be hidden (netcat), the user is told so
   * first. Default `true`.
   */
  echo?: boolean
  /**
   * `false`: no recall of earlier lines, and this one is not stored. Default `true` where the line
   * is echoed.
   */
  history?: boolean
  /**
   * Binds keys for this line alone, besides the shell's `keys`. An unknown name rejects with an
   * `AnswerbackError` (`OPTION`).
   */
  keys?: KeyBindings
  /** What Enter alone means; the prompt should tell. Default: an empty line. */
  default?: string
  /**
   * Judges an answer: a sentence says what is wrong with it, and it is asked for again; nothing, or
   * `true`, takes it. Default: every answer is taken.
   */
  validate?: Judge
}
