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

/** Where no other is given, or the one that is cannot be made. */
export const DEFAULT_PROMPT = '> '

/** What a shell is, beside its commands. Every field may be left out. */
export interface ShellOptions<A extends AuthOptions | 'open' | undefined, State> extends LineOptions<State> {
  /**
   * Shown where input is expected; a function is asked each time. Colours (SGR) have no width.
   * @default `'> '`
   */
  prompt?: string | SafeText | ((session: Session<any, State>) => string | SafeText)
  /**
   * Shown where an input goes on in a further line: after an open quote or a trailing `\`.
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
   * (USERAUTH_BANNER): clients show it on stderr, whatever they ask for later, and without its
   * colours. At most 10,000 characters.
   * @default nothing
   */
  banner?: string | SafeText
  /**
   * What the login dialogue asks a name by.
   * @default `'Username: '`
   */
  userPrompt?: string | SafeText
  /**
   * What the login dialogue asks a password by.
   * @default `'Password: '`
   */
  passwordPrompt?: string | SafeText
  /**
   * Who may come in, or `'open'`: anybody.
   * @default anybody on loopback, and no serving elsewhere
   */
  auth?: A
  /**
   * Makes `session.state`, for each session. Where it throws, the session ends, and its user is
   * told.
   * @default `undefined`
   */
  state?: () => State
  /**
   * Restyles answers, errors and messages: `{ error: text => red(text) }`.
   * @default as they are
   */
  voices?: Voices
  /**
   * Shows answers that are longer than the screen a screenful at a time, as `more` does; streams
   * excepted, which go at the reader's pace. Sessions change it by `session.paging`, and peers in
   * line mode are paged only where they have: they may be pipes.
   * @default `false`
   */
  paging?: boolean
  /**
   * What a `\` does in an input. `everywhere`: `\t` is a tab and `\n` a newline, inside quotes of
   * either kind too, and other characters keep their `\`; a Windows path needs each `\` twice,
   * quotes or not (`C:\\temp`). `bash`: nothing is an escape inside `'…'`, so that `'C:\temp'` is
   * what it says; outside quotes `\n` is `n`; a tab or newline can only be typed as it is. See
   * `WordReader`.
   * @default `everywhere`
   */
  escapes?: EscapeStyle
  /**
   * Makes the reader that turns input into words, for each session, with its first input. Completion,
   * hints and the underline of errors need its `locate`. It decides on escapes by itself: `escapes` is
   * not given beside it. An input that it throws at is refused.
   * @default a `WordReader`
   */
  reader?: () => InputReader
  /**
   * How long an input may be, continuation lines and all, in UTF-16 units; a longer one is not run,
   * and the user is told.
   * @default 65,536
   */
  maxInput?: number
}

/** The same, with nothing left out. */
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

/** What each can be; some have checks of their own besides. */
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
