/**
 * One call of a command: what was typed, and whether the user has had enough of it. What is given
 * for a `:secret` only the handler sees; in `words` and `raw`, as middleware and hooks get them,
 * `***` stands for it.
 */
export interface Invocation {
  /**
   * The full name of the command, as it is declared, whichever alias was typed: `user add`. Empty
   * where no command was named.
   */
  readonly name: string
  /** All words of the input, the command's name first. A `:line` is one word, as it was typed. */
  readonly words: readonly string[]
  /** The input exactly as it was typed, its lines joined by newlines, with one at the end. */
  readonly raw: string
  /**
   * Fires when the user presses Ctrl-C while the command runs, and when the session ends: stop
   * working then. From then on an awaited write rejects with the signal's reason. A command that
   * has not stopped a second later, or at the second Ctrl-C, is abandoned: its session goes on, its
   * answer is dropped, and what it asks rejects with `Interrupted`. What it writes still comes,
   * above the prompt, and it can end the session. While 16 of a session run on, the next one is
   * waited for.
   */
  readonly signal: AbortSignal
}
