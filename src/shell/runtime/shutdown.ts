import { STATUS } from '../../core/options/exit-status.ts'

/**
 * The end of a session because its server shuts down. What is broken off, a command or the rest of
 * a script, is no success.
 */
export class Shutdown {
  readonly #session: ClosingSession
  readonly #message: string

  /** Tells a person at once. A program is told only where something of it is broken off. */
  constructor(session: ClosingSession, message: string) {
    this.#session = session
    this.#message = message
    session.tell(message)
  }

  /** Ends the session. It waits for a command that runs, unless `force` says otherwise. */
  begin(running: StreamingCommand | undefined, force: boolean): void {
    if (running === undefined) this.idle()
    else if (force) this.#breakOff()
    // A stream that a person follows may never end; on a pipe it may be an export.
    else if (this.#session.facts.interactive) running.whenStreaming(() => this.#breakOff())
  }

  /** No command runs. A person loses nothing by the end; a program has more to run. */
  idle(): void {
    if (this.#session.facts.interactive) this.#session.end('shutdown', STATUS.ok)
    else this.#breakOff()
  }

  #breakOff(): void {
    if (!this.#session.facts.interactive) this.#session.tell(this.#message, true)
    this.#session.end('shutdown', STATUS.terminated, 'TERM')
  }
}

interface ClosingSession {
  readonly facts: { readonly interactive: boolean }
  tell(message: string, last?: boolean): void
  end(reason: string, status: number, signal?: string): void
}

interface StreamingCommand {
  whenStreaming(run: () => void): void
}
