/**
 * Every error that answerback makes, in one table: its code, for programs; its message; and its
 * audience. A test compares `docs/ERRORS.md` with this table.
 *
 * - `user`: typed something invalid, and reads the message.
 * - `caller`: wrote a program that cannot work; thrown at the definition or at the call.
 * - `operator`: started something that cannot be served; `serve` rejects with it, or it is logged.
 */
export type ErrorAudience = 'user' | 'caller' | 'operator'

/**
 * Each row: the audience, and the message; `{name}` in it is replaced by the value of that name.
 */
export const ERRORS = {
  // definitions
  USAGE: { audience: 'caller', sentence: 'The usage text "{usage}" cannot be read: {reason}.' },
  COMMAND_TWICE: {
    audience: 'caller',
    sentence: 'The command "{name}" is defined twice: give one of the two another name, or remove() the first.',
  },
  FROZEN: {
    audience: 'caller',
    sentence: 'A shell that is served cannot be changed: {what} must come before serve() or accept().',
  },
  OPTION: { audience: 'caller', sentence: 'The option {option} cannot be {value}: {way}.' },
  // sessions
  SESSION_ENDED: { audience: 'caller', sentence: 'The session has ended ({reason}).' },
  INTERRUPTED: { audience: 'caller', sentence: 'The user has interrupted.' },
  INPUT_ENDED: { audience: 'caller', sentence: 'The input has ended.' },
  NOT_BEGUN: {
    audience: 'caller',
    sentence: 'The session has not begun: run commands from onStart on.',
  },
  BUSY_READING: {
    audience: 'caller',
    sentence: 'The session is already reading a line: await the first readLine() before the next.',
  },
  PIECE: {
    audience: 'caller',
    sentence:
      "A stream has a piece that is {value}, and not text: give bytes an encoding (createReadStream(path, 'utf8')), and yield values as text.",
  },
  // start
  ADDRESS_IN_USE: {
    audience: 'operator',
    sentence:
      'Cannot listen for {transport} on {address}: another program is already listening there. Stop it, or choose another port.',
  },
  ADDRESS_DENIED: {
    audience: 'operator',
    sentence:
      'Cannot listen for {transport} on {address}: the system does not permit it. Ports below 1024 need privileges; choose a higher one.',
  },
  ADDRESS_UNAVAILABLE: {
    audience: 'operator',
    sentence: 'Cannot listen for {transport} on {address}: this machine has no such address.',
  },
  LISTEN: { audience: 'operator', sentence: 'Cannot listen for {transport} on {address}: {reason}.' },
  OPEN_TO_ALL: {
    audience: 'operator',
    sentence:
      "A shell without authentication is served on loopback only, and {address} is not: define auth, or say auth: 'open' if anybody may come in.",
  },
  NO_METHOD: {
    audience: 'operator',
    sentence:
      'No way in over {transport}: it can carry {can}, and the shell has {has}. Define one that fits, or give the listener an identity (auth: { as }).',
  },
  PACKAGE: {
    audience: 'operator',
    sentence: '{for} needs {packages}, and {found}: npm install {packages}.',
  },
  LIMITS: { audience: 'operator', sentence: 'These limits are wrong. {faults}' },
  HOST_KEY: { audience: 'operator', sentence: 'The host key {key} cannot be used: {reason}.' },
  KEYS: { audience: 'operator', sentence: 'The keys in {source} cannot be used: {reason}.' },
  HISTORY: { audience: 'operator', sentence: 'The history in {path} cannot be used: {reason}.' },
} as const

/** The codes of all errors; docs/ERRORS.md explains each. */
export type ErrorCode = keyof typeof ERRORS

/** The names in a sentence: `'address' | 'reason'`. */
type NamesIn<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | NamesIn<Rest>
  : never
type ValuesOf<Code extends ErrorCode> = { readonly [Name in NamesIn<(typeof ERRORS)[Code]['sentence']>]: unknown }
type ErrorArguments = {
  [Code in ErrorCode]: NamesIn<(typeof ERRORS)[Code]['sentence']> extends never
    ? [code: Code, values?: Readonly<Record<string, never>>, options?: ErrorOptions]
    : [code: Code, values: ValuesOf<Code>, options?: ErrorOptions]
}[ErrorCode]

/**
 * An error of answerback's own. Its `code` identifies it, and stays the same when the message
 * changes.
 */
export class AnswerbackError extends Error {
  override readonly name: string = 'AnswerbackError'
  /** Identifies the error; docs/ERRORS.md explains each. */
  readonly code: ErrorCode
  /** Who can do something about it. */
  readonly audience: ErrorAudience

  /**
   * For answerback, and for transports and hosts of your own. Every value that the message names
   * must be given.
   */
  constructor(...[code, values, options]: ErrorArguments) {
    super(sentenceOf(code, values ?? {}), options)
    this.code = code
    this.audience = ERRORS[code].audience
  }
}

/**
 * Rejects what a session awaited when it ended. It need not be caught: the dispatcher handles it.
 */
export class SessionEnded extends AnswerbackError {
  override readonly name: string = 'SessionEnded'
  /** Why, in a word or two. */
  readonly reason: string
  /** The `id` of the session. */
  readonly session: string
  constructor(reason: string, session: string) {
    super('SESSION_ENDED', { reason })
    this.reason = reason
    this.session = session
  }
}

/**
 * Rejects what a command awaited when its user pressed Ctrl-C. It need not be caught: the
 * dispatcher handles it.
 */
export class Interrupted extends AnswerbackError {
  override readonly name: string = 'Interrupted'
  /** The `id` of the user's session. */
  readonly session: string
  constructor(session: string) {
    super('INTERRUPTED')
    this.session = session
  }
}

/**
 * Rejects what a command awaited when its user pressed Ctrl-D, or a pipe ended. It need not be
 * caught: the dispatcher handles it.
 */
export class InputEnded extends AnswerbackError {
  override readonly name: string = 'InputEnded'
  /** The `id` of the user's session. */
  readonly session: string
  /**
   * The prompt of the question, if the input has ended; absent after Ctrl-D at a terminal, which
   * can send more.
   */
  readonly question?: string
  constructor(session: string, question?: string) {
    super('INPUT_ENDED')
    this.session = session
    if (question !== undefined) this.question = question
  }
}

/** Returns the message of an exception, of any type. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Returns the message; a value that is `undefined` or `null` appears as that word. */
function sentenceOf(code: ErrorCode, values: Readonly<Record<string, unknown>>): string {
  const sentence = ERRORS[code].sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  return sentence.endsWith('?.') ? sentence.slice(0, -1) : sentence
}
