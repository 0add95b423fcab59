/** What a command has done that `session.run(command, { capture: true })` has run. */
export interface CapturedRun {
  /** Its exit status, 0 to 255. */
  readonly status: number
  /**
   * All that it has written, errors too, with the line ends: as its user would have seen it,
   * without the colours of voices.
   */
  readonly text: string
  /**
   * What its handler, or the middleware around it, has returned; `undefined` where that is a
   * stream, or where none has run.
   */
  readonly value: unknown
}

/** How `session.run` runs a command. */
export interface RunOptions<Captures extends boolean = boolean> {
  /**
   * Whether its output is given to the caller, and not shown to the user.
   * @default `false`
   */
  readonly capture?: Captures
}

/** Runs commands in a session, for its program. */
export interface CommandRunner {
  /** What is written now is captured, and not shown. */
  readonly capturing: boolean
  run(command: string | readonly string[], capture: boolean): Promise<number | CapturedRun>
}
