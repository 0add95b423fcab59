/** What a command has done that `session.run(command, { capture: true })` has run. */
export interface CapturedRun {
  /** Its exit status, 0 to 255. */
  readonly status: number
  /**
   * All that it has written, errors too, with the line ends. It is as its user would have seen it,
   * without the colours of voices.
   */
  readonly text: string
  /**
   * The value that its handler, or the middleware around it, has returned. `undefined` for a
   * stream, or if no handler has run.
   */
  readonly value: unknown
}

/** How `session.run` runs a command. */
export interface RunOptions<Captures extends boolean = boolean> {
  /**
   * Whether the caller receives its output, and the user does not.
   * @default `false`
   */
  readonly capture?: Captures
}

/** Runs commands in a session, for its program. */
export interface CommandRunner {
  /** Whether output is captured now, and not shown. */
  readonly capturing: boolean
  run(command: string | readonly string[], capture: boolean): Promise<number | CapturedRun>
}
