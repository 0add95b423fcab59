import { STATUS } from '../../core/options/exit-status.ts'

/**
 * The end of a session because its server shuts down. An interrupted command or script does not end
 * with success.
 */
export class Shutdown {
  readonly #session: ClosingSession
  readonly #message: string

  /** Notifies a person at once. A program is notified only if something of it is interrupted. */
  constructor(session: ClosingSession, message: string) {
    this.#session = session
    this.#message = message
    session.tell(message)
  }

  /** Ends the session. It waits for a running command, unless `force` is set. */
  begin(running: StreamingCommand | undefined, force: boolean): void {
    if (running === undefined) this.idle()
    else if (force) this.#breakOff()
    // A stream at a terminal may never end; on a pipe it may be an export.
    else if (this.#session.facts.interactive) running.whenStreaming(() => this.#breakOff())
  }

  /**
   * No command runs. At a terminal nothing is lost by the end; on a pipe more commands were to
   * follow.
   */
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
