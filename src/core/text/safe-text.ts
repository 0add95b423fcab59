import { withoutSequences } from './escape-sequence.ts'
import { sanitize } from './sanitize.ts'

/**
 * A value for a `safe` text. Texts and numbers are sanitized; another `SafeText` keeps its escape
 * sequences. Each item of a list is inserted; `undefined` and `null` are empty.
 */
export type SafeValue = string | number | bigint | boolean | null | undefined | SafeText | readonly SafeValue[]

/**
 * A text whose escape sequences all come from the program. Made by `safe` and `trusted`. It is an
 * object, so that no text of a user can pass for one. Joined with a string (`+`, a plain template)
 * it becomes a string, which is foreign again and sanitized.
 */
export class SafeText {
  readonly #text: string

  /** @internal */
  constructor(text: string) {
    this.#text = text
  }

  /** Returns the text, with its escape sequences. */
  toString(): string {
    return this.#text
  }

  /** Returns the text without escape sequences: for JSON, and for tables. */
  toJSON(): string {
    return withoutSequences(this.#text)
  }
}

/**
 * Returns a text whose literal parts are the program's own; every inserted value is sanitized (see
 * `sanitize`). Accepted wherever a session writes, and by `fail`, prompts and greetings.
 *
 * Within an escape sequence of the program (`\x1b[${colour}m`) only digits, `;` and `:` are
 * inserted. Within a title or a link, a text is inserted in one line.
 *
 * @example session.writeLine(safe`\x1b[1m${name}\x1b[22m says: ${text}`)
 */
export function safe(literals: TemplateStringsArray, ...values: readonly SafeValue[]): SafeText {
  if (!Array.isArray(literals)) throw new TypeError(CALLED)
  const builder = new Builder()
  for (const [i, literal] of literals.entries()) {
    builder.addOwn(literal)
    builder.add(values[i])
  }
  return new SafeText(builder.text)
}

/**
 * Returns a text as the program's own: nothing in it is sanitized. It is for text that the program
 * has made elsewhere, such as a banner from its own file. Never use it for a text that holds
 * anything of a user.
 *
 * @example createShell({ banner: trusted(readFileSync('banner.txt', 'utf8')) })
 */
export function trusted(text: string): SafeText {
  return new SafeText(text)
}

/** Returns a text for a terminal: a `SafeText` unchanged, any other sanitized. */
export function sanitizeUnlessSafe(text: string | SafeText): string {
  // An untyped program may have passed anything.
  const own = String(text)
  return text instanceof SafeText ? own : sanitize(own)
}

const CALLED =
  'safe is a tag, and no function: write safe`…` without parentheses, or trusted(text) for a text of the program.'

/** Builds a text, and tracks the escape sequence at its end. */
class Builder {
  text = ''
  /** The incomplete escape sequence; empty for none. */
  #open = ''

  add(value: SafeValue): void {
    if (value === undefined || value === null) return
    if (value instanceof SafeText) this.addOwn(value.toString())
    else if (Array.isArray(value)) for (const item of value as readonly SafeValue[]) this.add(item)
    else this.#addForeign(sanitize(String(value)))
  }

  addOwn(text: string): void {
    this.text += text
    const last = LAST_SEQUENCE.exec(this.#open + text)?.[0] ?? ''
    this.#open = OPEN_STRING.test(last) || OPEN_PARAMETERS.test(last) || OPEN_OTHER.test(last) ? last : ''
  }

  #addForeign(text: string): void {
    if (this.#open === '') this.text += withinLine(text)
    else if (OPEN_STRING.test(this.#open)) this.text += text.replaceAll(/\n */g, ' ')
    else if (OPEN_PARAMETERS.test(this.#open) && PARAMETERS.test(text)) this.addOwn(text)
  }
}

/**
 * Returns a text whose lines after a foreign line end are indented, like the text's own further
 * lines.
 */
function withinLine(text: string): string {
  return text.endsWith('\n') ? `${text}  ` : text
}

/** From the last introducer of a sequence (ESC, DCS, SOS, CSI, OSC, PM, APC) to the end. */
const LAST_SEQUENCE = /[\x1b\x90\x98\x9b\x9d-\x9f][^\x1b\x90\x98\x9b\x9d-\x9f]*$/
const OPEN_STRING = /^(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x9c]*$/
const OPEN_PARAMETERS = /^(?:\x1b\[|\x9b)[0-?]*$/
const OPEN_OTHER = /^(?:\x1b[ -/]*|(?:\x1b\[|\x9b)[0-?]*[ -/]+)$/
const PARAMETERS = /^[\d;:]*$/
