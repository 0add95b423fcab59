import type { Environment, Terminal } from '../../core/connection.ts'
import type { ReadRequest } from './request.ts'

/** Whom the console tells what is no part of a line. */
export interface ConsoleUser {
  readonly commands: CommandSource
  /** Ctrl-C, IP or a break while nothing is read. */
  interrupted(): void
  /** No more input comes. What came before is still read. */
  inputEnded(): void
  signalled(name: string): void
  /** Returns the terminal as the program wants it taken. */
  terminalChanged(terminal: Terminal, environment: Environment): Terminal
  /** The connection is gone. */
  closed(reason: string): void
  /**
   * Something that the shell was given (a prompt, a voice, a reader) has thrown where nobody else
   * looks after it.
   */
  faulted(error: unknown): void
}

/** The commands of a session, as its console sees them. */
export interface CommandSource {
  /** The command that runs now. */
  readonly running: object | undefined
  /**
   * Runs what there is to run, and returns what is to be read next; `undefined`: nothing now. The
   * console's `run` is called when there is something.
   */
  next(): ReadRequest | undefined
}
