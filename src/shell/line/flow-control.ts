import type { Connection, Terminal } from '../../core/connection.ts'
import type { ConsoleUser } from './console-user.ts'
import type { TypeAhead } from './type-ahead.ts'

/**
 * Requests only as much input from a peer as is needed. A terminal in character mode is read on, so
 * that an interrupt arrives. Any other peer is paused when enough input waits.
 */
export class FlowControl {
  /** Whether the peer is paused. */
  paused = false
  terminal: Terminal | undefined
  /** Whether a peer that does not read has sent one more piece, which may be an interrupt. */
  #stalled = false
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
    const pause = this.#byCharacter ? this.#stalled || this.#isFullFor(held) : held || this.#isEnough
    if (pause === this.paused) return
    this.paused = pause
    if (pause) this.#connection.pause()
    else this.#connection.resume()
  }

  /**
   * Returns whether an interrupt has arrived while input is held, and drops all input before it.
   * The line reads it as a key. Within an unfinished key or a paste it is no interrupt.
   */
  hear(news: string, betweenKeys: boolean): boolean {
    this.#stalled = this.#connection.needsDrain
    const comes = this.#byCharacter && betweenKeys && news.includes(this.#interrupt) && !this.#ahead.holdsPaste
    if (comes) this.#ahead.dropBefore(this.#interrupt)
    return comes
  }

  /** Forgets that the peer has sent more: input is no longer held. */
  release(): void {
    this.#stalled = false
  }

  /**
   * Returns whether the input has an interrupt, and drops all input up to it. Searching all that
   * waits at each key would cost the peer nothing, but the server 60 µs.
   */
  interrupted(news: string | undefined): boolean {
    return (
      this.#byCharacter && (news?.includes(this.#interrupt) ?? true) && this.#ahead.dropInterrupted(this.#interrupt)
    )
  }

  /** Whether a terminal is paused. An interrupt must arrive between quick commands as well. */
  #isFullFor(held: boolean): boolean {
    return this.#ahead.full && (held || !this.mustHear)
  }

  get #isEnough(): boolean {
    return this.paused ? this.#ahead.length > 0 : this.#ahead.full
  }

  /**
   * Whether an interrupt must be able to arrive past the type-ahead: it is a character, and a
   * command runs that it can end.
   */
  get mustHear(): boolean {
    return this.#byCharacter && this.#user.commands.running !== undefined
  }

  get #byCharacter(): boolean {
    return this.terminal?.input === 'character'
  }

  /** The character that interrupts. */
  get #interrupt(): string {
    return this.terminal?.modes.interrupt ?? CTRL_C
  }
}

const CTRL_C = '\x03'
