import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionSink,
  OutputStream,
  Traffic,
} from '../core/connection.ts'
import { Waiters } from '../core/async/waiters.ts'
import { HeldOutput, PART_CHARS } from './held-output.ts'
import type { OutputStatus } from './session-watch.ts'

/** Receives events of a guarded connection. */
export interface GuardListener {
  /** The user has typed a character or pressed a key. */
  onInput(): void
  /** More output waits than the peer has room for. */
  onBackPressure(): void
  /** The session is over, and the peer still has to read the rest of its output. */
  onLinger(): void
}

/**
 * A connection with bounded output, which reports its use to a listener. A session that writes more
 * than its peer reads, without waiting for it, is cut off at the limit. One long piece is accepted
 * while there is room, at any length: its writer keeps it, and it is written in parts.
 */
export class GuardedConnection implements Connection, ConnectionSink {
  readonly facts: ConnectionFacts
  readonly #connection: Connection
  readonly #maxQueued: number
  readonly #listener: GuardListener
  #sink: ConnectionSink | undefined
  #behind = false
  #held: HeldOutput | undefined
  #written = 0
  /**
   * While it is cut off and not closed yet there is no room. Once it is closed, writes pass through
   * again: a terminal of this process shows the last words.
   */
  #state: 'open' | 'cut off' | 'closed' = 'open'
  /** Made for the first writer that waits: most connections close before one does. */
  #closing: Waiters | undefined

  /** `maxQueued` is the most bytes or characters that may wait. */
  constructor(connection: Connection, maxQueued: number, listener: GuardListener) {
    this.facts = connection.facts
    this.#connection = connection
    this.#maxQueued = maxQueued
    this.#listener = listener
  }

  get output(): OutputStatus {
    return { queued: this.queued, written: this.#written }
  }

  get traffic(): Traffic | undefined {
    return this.#connection.traffic
  }

  get carrier(): object | undefined {
    return this.#connection.carrier
  }

  get needsDrain(): boolean {
    return this.#state === 'cut off' || this.#held?.empty === false || this.#connection.needsDrain
  }

  get queued(): number {
    return this.#connection.queued + (this.#held?.size ?? 0)
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
    if (this.#state === 'cut off') return false
    if (this.#behind && this.#isTooMuch(text.length)) return this.#state === 'closed'
    this.#written += text.length
    const holds = text.length > PART_CHARS || this.#held?.empty === false
    const roomy = holds ? this.#hold(text, stream) : this.#connection.write(text, stream)
    if (roomy === this.#behind) this.#changeRoom(roomy)
    return roomy
  }

  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean {
    if (this.#state === 'cut off') return false
    if (this.#behind && this.#isTooMuch(bytes.length)) return this.#state === 'closed'
    this.#written += bytes.length
    const holds = bytes.length > PART_CHARS || this.#held?.empty === false
    const roomy = holds ? this.#hold(bytes, stream) : this.#connection.writeBytes(bytes, stream)
    if (roomy === this.#behind) this.#changeRoom(roomy)
    return roomy
  }

  drained(): Promise<void> {
    if (this.#state === 'cut off') return (this.#closing ??= new Waiters()).wait()
    // The queue may hold other output than these writes: a protocol's replies to its peer.
    if (!this.#behind && this.needsDrain) this.#changeRoom(false)
    return (this.#holding ?? this.#connection).drained()
  }

  takeSuspendKey(): void {
    this.#connection.takeSuspendKey?.()
  }

  hideInput(hidden: boolean): void {
    this.#inOrder(() => this.#connection.hideInput(hidden))
  }

  promptEnd(): void {
    this.#inOrder(() => this.#connection.promptEnd())
  }

  end(end: ConnectionEnd): void {
    if (this.#holding !== undefined) this.#listener.onLinger()
    this.#inOrder(() => this.#connection.end(end))
  }

  abort(reason: string): void {
    if (this.#state === 'open') this.#state = 'cut off'
    this.#held?.clear()
    this.#connection.abort(reason)
  }

  // Input of the peer.

  text(text: string): void {
    this.#listener.onInput()
    this.#sink?.text(text)
  }

  event(event: ConnectionEvent): void {
    if (!NOT_INPUT.has(event.type)) this.#listener.onInput()
    if (event.type === 'closed') this.#close()
    this.#sink?.event(event)
  }

  #close(): void {
    this.#state = 'closed'
    this.#held?.clear()
    this.#closing?.release()
  }

  #changeRoom(roomy: boolean): void {
    this.#behind = !roomy
    if (!roomy) this.#listener.onBackPressure()
  }

  get #holding(): HeldOutput | undefined {
    return this.#held?.empty === false ? this.#held : undefined
  }

  #inOrder(run: () => void): void {
    if (this.#holding === undefined) run()
    else this.#holding.after(run)
  }

  #hold(content: string | Uint8Array, stream: OutputStream | undefined): boolean {
    this.#held ??= new HeldOutput(this.#connection)
    return this.#held.add(content, stream, this.#behind)
  }

  /**
   * Cuts the connection off when too much waits. Output accepted while there was room is not too
   * much, at any length.
   */
  #isTooMuch(length: number): boolean {
    this.#behind = this.#holding !== undefined || this.#connection.needsDrain
    if (!this.#behind || this.#connection.queued + (this.#held?.counted ?? 0) + length <= this.#maxQueued) return false
    this.abort('output limit')
    return true
  }
}

/** Events that no user causes. */
const NOT_INPUT: ReadonlySet<ConnectionEvent['type']> = new Set([
  'terminal',
  'end-of-input',
  'process-output',
  'closed',
])
