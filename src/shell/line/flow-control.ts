import type { Connection, Terminal } from '../../core/connection.ts'
import type { ConsoleUser } from './console-user.ts'
import type { TypeAhead } from './type-ahead.ts'

/**
 * Asks a peer for as much input as there is use for. A terminal in character mode is read on while
 * a command runs, so that an interrupt arrives; any other peer is paused when enough waits.
 */
export class FlowControl {
  /** The peer is asked for no more. */
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

  /** `held`: nothing is read for now, whoever wants to. */
  regulate(held: boolean): void {
    const enough = !this.mustHear && (this.paused ? this.#ahead.length > 0 : this.#ahead.full)
    const pause = held || enough
    if (pause === this.paused) return
    this.paused = pause
    if (pause) this.#connection.pause()
    else this.#connection.resume()
  }

  /**
   * Where an interrupt is a character it must be able to come, past whatever is typed ahead, as
   * long as there is a command that it can end.
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
