import { UNKNOWN_TERMINAL, windowSize } from '../core/connection.ts'
import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionSink,
  Identity,
  OutputStream,
  Terminal,
} from '../core/connection.ts'
import { Waiters } from '../core/async/waiters.ts'
import { connectionId } from '../transport/net/connection-id.ts'

/** What the peer of a `MemoryConnection` is. */
export interface MemoryConnectionOptions {
  /**
   * The terminal at the other end. `false` means none: a pipe.
   * @default an `xterm-256color` of 80×24 in character mode
   */
  terminal?: Partial<Terminal> | false
  /** A command to run, instead of a shell. */
  exec?: string
  /** The authenticated identity, as if the transport had authenticated it. */
  identity?: Identity
  /** The environment variables that the peer tells. */
  environment?: Readonly<Record<string, string>>
  /**
   * The peer's address.
   * @default no address
   */
  address?: string
  /**
   * What carries this connection together with others given the same object, as SSH carries several
   * sessions.
   * @default it is alone
   */
  carrier?: object
  /** Time limits do not apply, as at this process's own terminal. */
  untimed?: true
}

/** A connection without a network: output is kept, input is a method call. */
export class MemoryConnection implements Connection {
  readonly facts: ConnectionFacts
  readonly carrier: object | undefined
  /** All that was written, with `\n` for a line end. */
  output = ''
  /** The part of it that went to the standard error of a pipe. */
  errors = ''
  /** Why and how the shell has ended it; `undefined` before that. */
  ended: ConnectionEnd | undefined
  /** What is typed is hidden now. */
  hidden = false
  /** The session takes no input now. */
  paused = false
  /** Called with all output, unchanged. */
  onWrite: (text: string) => void = () => {}
  #sink: ConnectionSink | undefined
  #closed = false
  #full = false
  readonly #drained = new Waiters()
  #terminal: Terminal | undefined

  constructor(options: MemoryConnectionOptions = {}) {
    this.#terminal = terminalOf(options.terminal)
    this.carrier = options.carrier
    this.facts = {
      id: connectionId(),
      peer: { transport: 'memory', secure: true, ...(options.address !== undefined && { address: options.address }) },
      request: options.exec === undefined ? { type: 'shell' } : { type: 'exec', command: options.exec },
      environment: options.environment ?? {},
      ...(options.identity && { identity: options.identity }),
      ...(this.#terminal && { terminal: this.#terminal }),
      ...(options.untimed && { untimed: true }),
    }
  }

  // The peer's side.

  /** The terminal at the other end, as it is now. */
  get terminal(): Terminal | undefined {
    return this.#terminal
  }

  /** Sends text, as a user types it. */
  text(text: string): void {
    if (!this.#closed) this.#sink?.text(text)
  }

  /** Sends an event of the connection. */
  event(event: ConnectionEvent): void {
    if (this.#closed) return
    if (event.type === 'closed') this.#close()
    if (event.type === 'terminal') this.#terminal = event.terminal
    this.#sink?.event(event)
  }

  /** Changes the terminal: its size or its mode of input. */
  change(change: Partial<Terminal>): void {
    const old = this.#terminal ?? UNKNOWN_TERMINAL
    const size = windowSize(change.columns ?? old.columns, change.rows ?? old.rows, old)
    this.event({ type: 'terminal', terminal: { ...old, ...change, ...size }, environment: this.facts.environment })
  }

  /** Stops reading; all further output waits. */
  stall(): void {
    this.#full = true
  }

  /** Reads again. */
  flow(): void {
    this.#full = false
    this.#drained.release()
  }

  // The shell's side.

  start(sink: ConnectionSink): void {
    this.#sink = sink
  }

  pause(): void {
    this.paused = true
  }

  /** Takes input again. */
  resume(): void {
    this.paused = false
  }

  write(text: string, stream: OutputStream = 'stdout'): boolean {
    if (this.#closed) return true
    this.output += text
    if (stream === 'stderr') this.errors += text
    if (text !== '') this.onWrite(text)
    return !this.#full
  }

  writeBytes(bytes: Uint8Array, stream?: OutputStream): boolean {
    return this.write(new TextDecoder().decode(bytes), stream)
  }

  get needsDrain(): boolean {
    return this.#full && !this.#closed
  }

  get queued(): number {
    return this.#full ? this.output.length : 0
  }

  drained(): Promise<void> {
    if (this.#closed || !this.#full) return Promise.resolve()
    return this.#drained.wait()
  }

  hideInput(hidden: boolean): void {
    this.hidden = hidden
  }

  promptEnd(): void {}

  end(end: ConnectionEnd): void {
    if (this.#closed) return
    this.ended = end
    this.event({ type: 'closed', reason: end.reason })
  }

  abort(reason: string): void {
    this.end({ reason })
  }

  #close(): void {
    this.#closed = true
    this.#drained.release()
  }
}

function terminalOf(given: Partial<Terminal> | false | undefined): Terminal | undefined {
  if (given === false) return undefined
  return { ...UNKNOWN_TERMINAL, type: 'xterm-256color', sized: true, input: 'character', canHide: true, ...given }
}
