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
export class RunningCommand implements Invocation {
  readonly words: readonly string[]
  readonly raw: string
  name = ''
  /** Its answer is wanted as JSON. */
  json = false
  /** Its session goes on without it: what it still says is dropped. */
  abandoned = false
  #controller: AbortController | undefined
  #reason: unknown

  constructor(words: readonly string[], raw: string) {
    this.words = words
    this.raw = raw
  }

  /** Made when somebody asks for it: most commands never do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#reason !== undefined) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  get aborted(): boolean {
    return this.#reason !== undefined
  }

  /** What aborted it first; `undefined` while nothing has. */
  get reason(): unknown {
    return this.#reason
  }

  abort(reason: unknown): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.#controller?.abort(reason)
  }
}
