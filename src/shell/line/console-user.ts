import type { Environment, Terminal } from '../../core/connection.ts'
import type { ReadRequest } from './request.ts'

/** Receives from the console all that is not part of a line. */
export interface ConsoleUser {
  readonly commands: CommandSource
  /** Called at Ctrl-C, IP or a break while nothing is read. */
  interrupted(): void
  /** Called at the end of the input. What arrived before is still read. */
  inputEnded(): void
  signalled(name: string): void
  /** Returns the terminal as the program wants it to be treated. */
  terminalChanged(terminal: Terminal, environment: Environment): Terminal
  /** Called when the connection is closed. */
  closed(reason: string): void
  /**
   * Called when a prompt, a voice, a reader or the like has thrown and no other code handles it.
   */
  faulted(error: unknown): void
}

/** The commands of a session, as its console sees them. */
export interface CommandSource {
  /** The command that runs now. */
  readonly running: object | undefined
  /**
   * Runs what is due, and returns the next request; `undefined` if there is none now. When there is
   * one, the console's `run` is called.
   */
  next(): ReadRequest | undefined
}
