import type { Connection, Terminal } from '../../core/connection.ts'
import type { ConsoleUser } from './console-user.ts'
import type { TypeAhead } from './type-ahead.ts'

/**
 * Requests only as much input from a peer as is needed. A terminal in character mode is read even
 * while a command runs, so that an interrupt arrives. Any other peer is paused when enough input
 * waits.
 */
export class FlowControl {
  /** Whether the peer is paused. */
  paused = false
  terminal: Terminal | undefined
  readonly #connection: Connection
  readonly #ahead: TypeAhead
  readonly #user: Pick<ConsoleUser, 'commands'>

  constructor(connection: Connection, ahead: TypeAhead, user: Pick<ConsoleUser, 'commands'>) {
    this.#connection = connection
    this.#ahead = ahead
    this.#user = user
    this.terminal = connection.facts.terminal
  }

  /** Pauses or resumes the peer. `held`: nothing is read for now, even for a request. */
  regulate(held: boolean): void {
    const enough = !this.mustHear && (this.paused ? this.#ahead.length > 0 : this.#ahead.full)
    const pause = held || enough
    if (pause === this.paused) return
    this.paused = pause
    if (pause) this.#connection.pause()
    else this.#connection.resume()
  }

  /**
   * Whether an interrupt must be able to arrive past the type-ahead: it is a character, and a
   * command runs that it can end.
   */
  get mustHear(): boolean {
    return this.byCharacter && this.#user.commands.running !== undefined
  }

  get byCharacter(): boolean {
    return this.terminal?.input === 'character'
  }

  /** The character that interrupts. */
  get interrupt(): string {
    return this.terminal?.modes.interrupt ?? CTRL_C
  }
}

const CTRL_C = '\x03'
