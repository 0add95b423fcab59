import type { Found } from './registry.ts'
import { Stop } from './stop.ts'

/** One call of a command, as its handler sees it: what was typed, and whether the user has had enough of it. */
export interface Invocation {
  /** The full name of the command, as it is declared, whichever alias was typed: `user add`. Empty where no command was named. */
  readonly name: string
  /** All words of the input, the command's name first. */
  readonly words: readonly string[]
  /** The input exactly as it was typed, its lines joined by newlines, with one at the end. */
  readonly raw: string
  /**
   * Fires when the user presses Ctrl-C while the command runs, and when the session ends: stop working then. A command that has not stopped a second later, or at the
   * second Ctrl-C, is left behind: its session goes on, its answer is dropped, what it asks rejects with `Interrupted`. What it writes still comes, above the prompt, and it can end the session.
   * While 16 of a session run on, the next one is waited for.
   */
  readonly signal: AbortSignal
}

/** The same, as the shell holds it. */
export class RunningCommand extends Stop<Error> implements Invocation {
  readonly words: readonly string[]
  /** The command that the words call, and how many of them its name took; `undefined` where there is none. Looked up once. */
  readonly found: Found | undefined
  readonly #input: string
  name = ''
  /** Its answer is wanted as JSON. */
  json = false
  /** Its session goes on without it: its answer is dropped, and it may ask nothing. What it writes by itself still comes. */
  abandoned = false

  /** `input`: what was typed, without its last line end. */
  constructor(words: readonly string[], input: string, found: Found | undefined) {
    super()
    this.words = words
    this.found = found
    this.#input = input
  }

  get raw(): string {
    return `${this.#input}\n`
  }

  /** Its words are nobody else's to see: one of them is a secret of its command's, also where they are wrong, or not allowed. */
  get secret(): boolean {
    return this.found?.command.usage.secret === true
  }

  /** What histories may keep of it. */
  get memorable(): string {
    return this.secret ? (this.found as Found).command.usage.name : this.#input
  }

  get aborted(): boolean {
    return this.reason !== undefined
  }
}
