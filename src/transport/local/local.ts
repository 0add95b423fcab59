import type { ReadStream, WriteStream } from 'node:tty'
import type { Cancel, Clock } from '../../core/time/clock.ts'
import { UNKNOWN_TERMINAL, windowSize } from '../../core/connection.ts'
import type {
  Connection,
  ConnectionEnd,
  ConnectionFacts,
  ConnectionSink,
  Identity,
  OutputStream,
  Terminal,
} from '../../core/connection.ts'
import { exitStatus } from '../../core/options/exit-status.ts'
import { checkOptions } from '../../core/options/options.ts'
import type { OptionTable } from '../../core/options/options.ts'
import type { TransportHost, Listening, Transport } from '../../core/transport.ts'
import { connectionId } from '../net/connection-id.ts'
import { aListenerAuth, identityOf } from '../net/listener-options.ts'
import type { ListenerAuth } from '../net/listener-options.ts'
import { ProcessOutput } from './process-output.ts'

/** How this process's own terminal is served. */
export interface LocalOptions<U = never> {
  /**
   * What the user of the terminal is.
   * @default the shell's own authentication, in its dialogue
   */
  auth?: ListenerAuth<U>
}

/** This process's own terminal as a transport. */
export interface LocalTransport<out U = never> extends Transport<U> {
  /** Resolves when the session has ended and the terminal is as it was. Never rejects. */
  readonly ended: Promise<void>
}

/**
 * Serves this process's own terminal, or what is piped into it: one session, which begins when it
 * is served. The terminal is in raw mode during the session. It is restored at any end, by Node
 * itself if a signal ends the process. What the process writes on its terminal meanwhile (a log,
 * `console`, `process.stdout`) goes above the line being typed.
 *
 * Node writes to a terminal at once and waits for it. A terminal that accepts nothing stops the
 * whole process, before any limit of output is met; a pipe does not.
 *
 * A process that serves only its terminal ends with the session. One that listens elsewhere too
 * continues, unless it awaits `ended`.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong
 * @example
 * const terminal = local()
 * const server = await serve(shell, { listen: [telnet(8023), terminal] })
 * await terminal.ended
 * await server.close()
 */
export function local<const U = never>(options: LocalOptions<U> = {}): LocalTransport<U> {
  checkOptions('local()', OPTIONS, options)
  let end = (): void => {}
  return {
    name: 'local',
    ended: new Promise(resolve => (end = resolve)),
    async listen(host: TransportHost): Promise<Listening> {
      host.open(new LocalConnection(host.clock, identityOf(options.auth, host), end))
      return { address: { transport: 'local' }, close: async () => {} }
    },
  }
}

const OPTIONS: OptionTable<LocalOptions> = { auth: aListenerAuth }

class LocalConnection implements Connection {
  readonly facts: ConnectionFacts
  readonly #clock: Clock
  readonly #onClose: () => void
  readonly #input: ReadStream = process.stdin
  readonly #output: WriteStream = process.stdout
  readonly #exiting = (): void => this.#close('exit')
  readonly #resized = (): void => this.#tellTerminal()
  readonly #typed = (text: string): void => {
    if (!this.#suspends || !text.includes(CTRL_Z)) return this.#sink?.text(text)
    this.#sink?.text(text.replaceAll(CTRL_Z, ''))
    this.#suspend()
  }
  readonly #continued = (): void => {
    // Node believes that the terminal is raw still, and would do nothing; a shell has changed it
    // meanwhile.
    this.#raw(false)
    this.#raw(true)
    this.#sink?.event({ type: 'signal', name: 'CONT' })
  }
  readonly #inputEnded = (): void => this.#sink?.event({ type: 'end-of-input' })
  #terminal: Terminal | undefined
  /** Ctrl-Z suspends the process. Windows has no such signals. */
  #suspends: boolean
  #sink: ConnectionSink | undefined
  /** Of the whole process, on a terminal. */
  #process: ProcessOutput | undefined
  /** How much has been written since others last had a turn. */
  #sent = 0
  #closing = false
  #deadline: Cancel | undefined
  #closed = false

  constructor(clock: Clock, identity: Identity | undefined, onClose: () => void) {
    this.#clock = clock
    this.#onClose = onClose
    this.#terminal = this.#input.isTTY && this.#output.isTTY ? this.#terminalNow() : undefined
    this.#suspends = this.#terminal !== undefined && process.platform !== 'win32'
    this.facts = {
      id: connectionId(),
      peer: { transport: 'local', secure: true },
      request: { type: 'shell' },
      untimed: true,
      environment: environmentOf(process.env),
      ...(identity && { identity }),
      ...(this.#terminal && { terminal: this.#terminal }),
    }
  }

  start(sink: ConnectionSink): void {
    this.#sink = sink
    this.#raw(true)
    process.on('exit', this.#exiting)
    if (this.#terminal !== undefined) this.#process = new ProcessOutput(text => this.#giveWay(text))
    if (this.#terminal !== undefined && process.platform !== 'win32') process.on('SIGCONT', this.#continued)
    this.#input.setEncoding('utf8')
    this.#input.on('data', this.#typed).on('end', this.#inputEnded)
    this.#output.on('resize', this.#resized)
    // A reader that has gone (`| head`) is no accident.
    this.#output.on('error', () => this.#close('disconnected'))
  }

  pause(): void {
    this.#input.pause()
  }

  resume(): void {
    this.#input.resume()
  }

  write(text: string, stream: OutputStream = 'stdout'): boolean {
    return this.#send(text, stream)
  }

  writeBytes(bytes: Uint8Array, stream: OutputStream = 'stdout'): boolean {
    return this.#send(bytes, stream)
  }

  get needsDrain(): boolean {
    return !this.#closed && (this.#output.writableNeedDrain || this.#sent >= TURN_BYTES)
  }

  get queued(): number {
    return this.#output.writableLength
  }

  async drained(): Promise<void> {
    if (!this.#closed && this.#output.writableNeedDrain) {
      await new Promise<void>(resolve => this.#output.once('drain', resolve).once('close', resolve))
    }
    if (this.#closed || this.#sent < TURN_BYTES) return
    await new Promise<void>(resolve => setImmediate(resolve))
    this.#sent = 0
  }

  takeSuspendKey(): void {
    this.#suspends = false
  }

  hideInput(): void {}

  promptEnd(): void {}

  end({ reason, status = 0 }: ConnectionEnd): void {
    if (this.#closing) return
    process.exitCode = exitStatus(status)
    this.#output.write('', () => this.#close(reason))
    // What waits then is still delivered, as long as the process lasts.
    this.#deadline ??= this.#clock.after(LINGER_MS, () => this.#close(reason))
  }

  abort(reason: string): void {
    this.#close(reason)
  }

  #send(data: string | Uint8Array, stream: OutputStream): boolean {
    if (this.#closed) return true
    this.#sent += data.length
    return this.#put(data, stream) && this.#sent < TURN_BYTES
  }

  /** On a terminal both streams are the same, and in order only if they go the same way. */
  #put(data: string | Uint8Array, stream: OutputStream): boolean {
    if (this.#process) return this.#process.write(data)
    return (stream === 'stderr' ? process.stderr : this.#output).write(data)
  }

  #giveWay(text: string): void {
    this.#sink?.event({ type: 'process-output', text })
  }

  /** What the end has to write (the line is over, pastes are marked no more) is still written. */
  #close(reason: string): void {
    if (this.#closing) return
    this.#closing = true
    this.#sink?.event({ type: 'closed', reason })
    this.#closed = true
    this.#process?.close()
    this.#deadline?.()
    this.#input.off('data', this.#typed).off('end', this.#inputEnded)
    this.#output.off('resize', this.#resized)
    process.off('exit', this.#exiting)
    process.off('SIGCONT', this.#continued)
    this.#raw(false)
    this.#input.pause()
    this.#input.unref?.()
    this.#onClose()
  }

  /** As Ctrl-Z does in a shell with job control; where there is none the system ignores it. */
  #suspend(): void {
    this.#raw(false)
    process.kill(process.pid, 'SIGTSTP')
    setImmediate(() => {
      if (!this.#closing) this.#raw(true)
    })
  }

  #raw(on: boolean): void {
    if (this.#terminal !== undefined) this.#input.setRawMode(on)
  }

  #terminalNow(): Terminal {
    return {
      ...UNKNOWN_TERMINAL,
      ...windowSize(this.#output.columns, this.#output.rows, UNKNOWN_TERMINAL),
      type: (process.env['TERM'] ?? '').toLowerCase(),
      input: 'character',
      canHide: true,
    }
  }

  #tellTerminal(): void {
    if (this.#terminal === undefined) return
    this.#terminal = this.#terminalNow()
    this.#sink?.event({ type: 'terminal', terminal: this.#terminal, environment: this.facts.environment })
  }
}

/**
 * Most systems take at once what is written on a terminal or a pipe. After so much the event loop
 * has a turn all the same, so that Ctrl-C arrives in a command that writes without end.
 */
const TURN_BYTES = 64 * 1024
/** How long a session that has ended waits for a reader to take the last of it, in milliseconds. */
const LINGER_MS = 10_000
const CTRL_Z = '\x1a'

function environmentOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
