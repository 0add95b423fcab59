/**
 * One call of a command: what was typed, and whether the user has interrupted it. Only the handler
 * sees the value of a `:secret`. In the `words` and `raw` of middleware and hooks, `***` replaces
 * it.
 */
export interface Invocation {
  /**
   * The full name of the command, as declared, even if an alias was typed: `user add`. Empty if the
   * input named no command.
   */
  readonly name: string
  /** All words of the input, the command's name first. A `:line` is one word, as it was typed. */
  readonly words: readonly string[]
  /** The input exactly as it was typed, its lines joined by newlines, with one at the end. */
  readonly raw: string
  /**
   * Fires when the user presses Ctrl-C while the command runs, and when the session ends: stop
   * working then. From then on an awaited write rejects with the signal's reason.
   *
   * A command is abandoned if it has not stopped a second later, or at the second Ctrl-C. Its
   * session resumes, its answer is dropped, and its questions reject with `Interrupted`. What it
   * writes is still shown, above the prompt, and it can end the session. While 16 abandoned
   * commands of a session still run, the session waits for the next one.
   */
  readonly signal: AbortSignal
}
