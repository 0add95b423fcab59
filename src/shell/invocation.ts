import { Stop } from './stop.ts'

/** One call of a command, as its handler sees it: what was typed, and whether the user has had enough of it. */
export interface Invocation {
  /** The full name of the command, as it is declared, whichever alias was typed: `user add`. Empty where no command was named. */
  readonly name: string
  /** All words of the input, the command's name first. */
  readonly words: readonly string[]
  /** The input exactly as it was typed, its lines joined by newlines, with one at the end. */
  readonly raw: string
  /** Fires when the user presses Ctrl-C while the command runs, and when the session ends: stop working then. */
  readonly signal: AbortSignal
}

/** The same, as the shell holds it. */
export class RunningCommand extends Stop<Error> implements Invocation {
  readonly words: readonly string[]
  readonly raw: string
  name = ''
  /** Its words are nobody else's to see. */
  secret = false
  /** Its answer is wanted as JSON. */
  json = false
  /** Its session goes on without it: its answer is dropped. What it writes by itself still comes. */
  abandoned = false

  constructor(words: readonly string[], raw: string) {
    super()
    this.words = words
    this.raw = raw
  }

  get aborted(): boolean {
    return this.reason !== undefined
  }
}
