import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionSink,
  OutputStream,
  Traffic,
} from '../core/connection.ts'
import type { Standing } from './session-watch.ts'

/** What a guarded connection tells. */
export interface Guardian {
  /** The user has typed, or pressed. */
  typed(): void
  /** More waits than the peer has room for. */
  fellBehind(): void
}

/**
 * A connection whose output is bounded, and whose use is seen. A session that is written more than its peer takes, by somebody who does not await
 * what they write, is cut off where the limit is reached, and not where memory ends. One piece that is longer by itself is taken whole while there is room.
 */
export class GuardedConnection implements Connection, ConnectionSink {
  readonly facts: ConnectionFacts
  readonly #connection: Connection
  readonly #most: number
  readonly #guardian: Guardian
  #sink: ConnectionSink | undefined
  #behind = false
  #written = 0

  /** `most`: how much may wait, in bytes or characters. */
  constructor(connection: Connection, most: number, guardian: Guardian) {
    this.facts = connection.facts
    this.#connection = connection
    this.#most = most
    this.#guardian = guardian
  }

  /** How its output stands. */
  get standing(): Omit<Standing, 'reading'> {
    return { queued: this.queued, written: this.#written }
  }

  get traffic(): Traffic | undefined {
    return this.#connection.traffic
  }

  get queued(): number {
    return this.#connection.queued
  }

  start(sink: ConnectionSink): void {
    this.#sink = sink
    this.#connection.start(this)
  }

  pause(): void {
    this.#connection.pause()
  }

  resume(): void {
    this.#connection.resume()
  }

  write(text: string, stream?: OutputStream): boolean {
    if (this.#behind && this.#isTooMuch(text.length)) return true
    this.#written += text.length
    return this.#roomy(this.#connection.write(text, stream))
  }

  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean {
    if (this.#behind && this.#isTooMuch(bytes.length)) return true
    this.#written += bytes.length
    return this.#roomy(this.#connection.writeBytes(bytes, stream))
  }

  drained(): Promise<void> {
    return this.#connection.drained()
  }

  hideInput(hidden: boolean): void {
    this.#connection.hideInput(hidden)
  }

  promptEnd(): void {
    this.#connection.promptEnd()
  }

  end(end: ConnectionEnd): void {
    this.#connection.end(end)
  }

  abort(reason: string): void {
    this.#connection.abort(reason)
  }

  // What the peer sends.

  text(text: string): void {
    this.#guardian.typed()
    this.#sink?.text(text)
  }

  event(event: ConnectionEvent): void {
    if (!UNTYPED.has(event.type)) this.#guardian.typed()
    this.#sink?.event(event)
  }

  #roomy(roomy: boolean): boolean {
    if (roomy === this.#behind) {
      this.#behind = !roomy
      if (!roomy) this.#guardian.fellBehind()
    }
    return roomy
  }

  /** Cuts off whoever is written too much; what is written then goes nowhere. */
  #isTooMuch(length: number): boolean {
    if (this.queued + length <= this.#most || this.#connection.write('')) return false
    this.abort('output limit')
    return true
  }
}

/** What comes without anybody's doing. */
const UNTYPED: ReadonlySet<ConnectionEvent['type']> = new Set(['terminal', 'end-of-input', 'closed'])
