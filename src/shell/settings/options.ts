import { AnswerbackError } from '../../core/options/errors.ts'
import {
  aBoolean,
  aFunction,
  anything,
  aText,
  checkOptions,
  isText,
  oneOf,
  wholeNumber,
} from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import type { SafeText } from '../../core/text/safe-text.ts'
import { checkAuth } from '../login/auth-check.ts'
import type { AuthOptions } from '../login/auth.ts'
import { LINE_OPTIONS, lineSettingsOf } from './line-options.ts'
import type { LineOptions, LineSettings } from './line-options.ts'
import type { Session } from '../session/session.ts'
import type { Voices } from '../session/voices.ts'
import type { EscapeStyle } from '../words/escapes.ts'
import type { InputReader } from '../words/input-reader.ts'
import { WordReader } from '../words/reader.ts'

/** The prompt by default, and after a prompt function has failed. */
export const DEFAULT_PROMPT = '> '

/** The options of a shell. Every field is optional. */
export interface ShellOptions<A extends AuthOptions | 'open' | undefined, State> extends LineOptions<State> {
  /**
   * The prompt of an input; a function is called for each one. Colours (SGR) have no width.
   * @default `'> '`
   */
  prompt?: string | SafeText | ((session: Session<any, State>) => string | SafeText)
  /**
   * The prompt of each further line of an input: after an open quote or a trailing `\`.
   * @default `'... '`
   */
  continuePrompt?: string | SafeText
  /**
   * Shown after the login, before `onStart`.
   * @default nothing
   */
  welcome?: string | SafeText
  /**
   * Shown before the login, once for each connection. Over SSH it is part of the login
   * (USERAUTH_BANNER): clients show it on stderr, even for a single command, and without its
   * colours. At most 10,000 characters.
   * @default nothing
   */
  banner?: string | SafeText
  /**
   * The prompt for a name in the login dialogue.
   * @default `'Username: '`
   */
  userPrompt?: string | SafeText
  /**
   * The prompt for a password in the login dialogue.
   * @default `'Password: '`
   */
  passwordPrompt?: string | SafeText
  /**
   * Authenticates users; `'open'` admits any user.
   * @default any user on loopback, and no serving elsewhere
   */
  auth?: A
  /**
   * Makes `session.state`, for each session. If it throws, the session ends with a message to its
   * user.
   * @default `undefined`
   */
  state?: () => State
  /**
   * Restyles answers, errors and messages: `{ error: text => red(text) }`.
   * @default as they are
   */
  voices?: Voices
  /**
   * Shows answers longer than the screen a screenful at a time, like `more`. Streams are not paged:
   * they follow the reader's pace. Sessions change it by `session.paging`. Peers in line mode may
   * be pipes, and are paged only if their session has set it.
   * @default `false`
   */
  paging?: boolean
  /**
   * What a `\` does in an input. See `WordReader`.
   *
   * - `everywhere`: `\t` is a tab and `\n` a newline, inside both kinds of quotes too. Other
   *   characters keep their `\`. A Windows path needs each `\` twice, even in quotes (`C:\\temp`).
   * - `bash`: nothing is an escape inside `'…'`, so that `'C:\temp'` is literal. Outside quotes
   *   `\n` is `n`. A tab or newline can only be typed literally.
   * @default `everywhere`
   */
  escapes?: EscapeStyle
  /**
   * Makes the reader that splits input into words, for each session, with its first input.
   * Completion, hints and the underline of errors need its `locate`. It decides on escapes by
   * itself: `escapes` is not given with it. An input is refused if the reader throws.
   * @default a `WordReader`
   */
  reader?: () => InputReader
  /**
   * The maximum length of an input, including continuation lines, in UTF-16 units. A longer one is
   * not run, and its user reads why.
   * @default 65,536
   */
  maxInput?: number
}

/** The options of a shell, complete. */
export interface ShellSettings {
  readonly prompt: string | ((session: Session<any, any>) => unknown)
  readonly continuePrompt: string
  readonly welcome: string
  readonly banner: string
  readonly userPrompt: string
  readonly passwordPrompt: string
  readonly auth: AuthOptions | 'open' | undefined
  readonly state: () => unknown
  readonly voices: Voices
  readonly paging: boolean
  readonly reader: () => InputReader
  readonly line: LineSettings
  readonly maxInput: number
}

/** Fills in the defaults; throws an `AnswerbackError` (`OPTION`) for a wrong value. */
export function settingsOf(options: ShellOptions<AuthOptions | 'open' | undefined, any>): ShellSettings {
  if (typeof options === 'function')
    throw new AnswerbackError('OPTION', {
      option: 'createShell',
      value: 'given a class',
      way: 'shellOf(class) makes a shell of one',
    })
  checkOptions('a shell', OPTIONS, options)
  if (typeof options.auth === 'object') checkAuth(options.auth)
  if (options.voices !== undefined) checkOptions('voices', VOICES, options.voices, 'voices.')
  return {
    prompt: typeof options.prompt === 'function' ? options.prompt : String(options.prompt ?? DEFAULT_PROMPT),
    continuePrompt: String(options.continuePrompt ?? '... '),
    welcome: String(options.welcome ?? ''),
    banner: bannerOf(options.banner),
    userPrompt: String(options.userPrompt ?? 'Username: '),
    passwordPrompt: String(options.passwordPrompt ?? 'Password: '),
    auth: options.auth,
    state: options.state ?? (() => undefined),
    voices: options.voices ?? {},
    paging: options.paging ?? false,
    reader: readerOf(options),
    line: lineSettingsOf(options),
    maxInput: options.maxInput ?? 65_536,
  }
}

/** It fits one packet of SSH, in any script. */
const LONGEST_BANNER = 10_000

function bannerOf(given: string | SafeText = ''): string {
  const banner = String(given)
  if (banner.length <= LONGEST_BANNER) return banner
  throw new AnswerbackError('OPTION', {
    option: 'banner',
    value: `a text of ${banner.length} characters`,
    way: `it has at most ${LONGEST_BANNER}; welcome may be longer`,
  })
}

/** Valid values of each option; some have checks of their own besides. */
const OPTIONS: OptionTable<ShellOptions<AuthOptions, unknown>> = {
  prompt: value => (isText(value) ? undefined : aFunction(value) && 'it is a text or a function'),
  continuePrompt: aText,
  welcome: aText,
  banner: aText,
  userPrompt: aText,
  passwordPrompt: aText,
  auth: value =>
    typeof value === 'object' ? undefined : oneOf('open')(value) && "it is 'open', or an object of methods",
  state: aFunction,
  voices: anything,
  paging: aBoolean,
  escapes: oneOf('everywhere', 'bash'),
  reader: aFunction,
  maxInput: wholeNumber(1),
  ...LINE_OPTIONS,
}

export const OPTION_NAMES: readonly string[] = Object.keys(OPTIONS)

const VOICES: OptionTable<Voices> = { response: aFunction, error: aFunction, message: aFunction }

function readerOf({
  reader,
  escapes,
}: Pick<ShellOptions<undefined, unknown>, 'reader' | 'escapes'>): () => InputReader {
  if (reader === undefined) {
    return () => new WordReader({ escapes: escapes ?? 'everywhere' })
  }
  if (escapes === undefined) return reader
  throw new AnswerbackError('OPTION', {
    option: 'escapes',
    value: 'given',
    way: 'the reader of the shell decides on them',
  })
}
