import { StringDecoder } from 'node:string_decoder'
import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionSink,
  Environment,
  OutputStream,
  Terminal,
  Traffic,
} from '../../../core/connection.ts'
import type { Cancel, Clock } from '../../../core/time/clock.ts'
import { exitStatus } from '../../../core/options/exit-status.ts'
import { TERMINAL_TEXT } from '../../../core/text/text-encoding.ts'
import type { Channel } from './channel.ts'
import { MESSAGE, SIGNALS } from '../protocol/codes.ts'
import { resized } from './session-setup.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/**
 * A started session channel as the connection of a shell. With a PTY it is a terminal: lines end in
 * CR LF, and stderr joins stdout. Without one it is a pipe.
 *
 * Input before `start`, or during a pause, is kept. The channel's window bounds it, and widens as
 * the input is used.
 */
export class SessionConnection implements Connection {
  readonly facts: ConnectionFacts
  readonly #channel: Channel
  readonly #clock: Clock
  /** Made with the first chunk that may end within a character. */
  #decoder: StringDecoder | undefined
  readonly #environment: Environment
  #terminal: Terminal | undefined
  #sink: ConnectionSink | undefined
  #paused = false
  #held: Buffer[] = []
  #heldEvents: ConnectionEvent[] = []
  #ended = false
  #closed = false
  #reason: string | undefined
  #deadline: Cancel | undefined
  readonly #host: SessionConnectionHost

  constructor(channel: Channel, facts: ConnectionFacts, clock: Clock, host: SessionConnectionHost) {
    this.facts = facts
    this.#channel = channel
    this.#clock = clock
    this.#terminal = facts.terminal
    if (facts.terminal !== undefined) channel.encodeTextAs(TERMINAL_TEXT)
    this.#environment = facts.environment
    this.#host = host
  }

  /** The client's connection, which may carry several sessions. */
  get carrier(): object {
    return this.#host
  }

  start(sink: ConnectionSink): void {
    this.#sink = sink
    this.#release()
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#release()
  }

  write(text: string, stream: OutputStream = 'stdout'): boolean {
    return this.#channel.write(text, this.#terminal === undefined ? stream : 'stdout')
  }

  writeBytes(bytes: Uint8Array, stream: OutputStream = 'stdout'): boolean {
    return this.#channel.write(bytes, this.#terminal === undefined ? stream : 'stdout')
  }

  /** The traffic of its own channel: a client may have several sessions on one connection. */
  get traffic(): Traffic {
    return this.#channel.traffic
  }

  get needsDrain(): boolean {
    return this.#channel.needsDrain
  }

  get queued(): number {
    return this.#channel.queued
  }

  drained(): Promise<void> {
    return this.#channel.drained()
  }

  /** Does nothing: the peer's side never shows what is typed. */
  hideInput(_hidden: boolean): void {}

  /** Does nothing: SSH has no such mark. */
  promptEnd(): void {}

  end(end: ConnectionEnd): void {
    if (this.#ended || this.#closed) return
    this.#ended = true
    this.#reason = end.reason
    this.#channel.end([exitMessage(this.#channel.id, end)])
    this.#deadline = this.#clock.after(DELIVERY_MS, () => this.abort('the peer does not read'))
  }

  abort(reason: string): void {
    if (this.#closed) return
    this.#channel.close()
    this.#host.abandoned(this)
    process.nextTick(() => this.closed(reason))
  }

  /** Takes data of the peer. */
  receive(data: Buffer): void {
    if (this.#ended) this.#channel.use(data.length)
    else if (this.#sink === undefined || this.#paused) this.#hold(data)
    else this.#deliver(this.#sink, data)
  }

  /** Ends the input: the peer sends no more data (RFC 4254 §5.3). To be called once. */
  endOfInput(): void {
    this.#event({ type: 'end-of-input' })
  }

  /** Handles a request for the running session; `false` refuses it. */
  request(type: string, body: WireReader): boolean {
    switch (type) {
      case 'window-change':
        return this.#resize(body)
      case 'signal':
        return this.#signal(body.text(), body.complete)
      case 'break':
        this.#event({ type: 'break' })
        return true
      default:
        return false
    }
  }

  /** Reports that the channel is closed: the last event, once. */
  closed(reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#deadline?.()
    const event: ConnectionEvent = { type: 'closed', reason: this.#reason ?? reason }
    if (this.#sink === undefined) this.#heldEvents.push(event)
    else this.#sink.event(event)
    this.#host.over()
  }

  /** Whether its last event has happened. */
  get over(): boolean {
    return this.#closed
  }

  /** The window bounds the bytes. Single bytes of a peer must not cost one buffer each. */
  #hold(data: Buffer): void {
    this.#held.push(data)
    if (this.#held.length > MOST_PIECES) this.#held = [Buffer.concat(this.#held)]
  }

  #resize(body: WireReader): boolean {
    const terminal = this.#terminal && resized(this.#terminal, body)
    if (terminal === undefined) return false
    this.#terminal = terminal
    this.#event({ type: 'terminal', terminal, environment: this.#environment })
    return true
  }

  #signal(name: string, complete: boolean): boolean {
    if (!complete || !SIGNALS.has(name)) return false
    this.#event(name === 'INT' ? { type: 'interrupt' } : { type: 'signal', name })
    return true
  }

  /** Reports an event before held input; only the end of input waits for that input. */
  #event(event: ConnectionEvent): void {
    if (this.#closed) return
    const waits = this.#sink === undefined || (event.type === 'end-of-input' && this.#held.length > 0)
    if (!waits) this.#announce(this.#sink, event)
    else if (this.#heldEvents.length < MOST_EVENTS || event.type === 'end-of-input') this.#heldEvents.push(event)
  }

  #announce(sink: ConnectionSink | undefined, event: ConnectionEvent): void {
    if (event.type === 'end-of-input') this.#text(sink, this.#decoder?.end() ?? '')
    sink?.event(event)
  }

  #release(): void {
    while (this.#held.length > 0 && !this.#paused && this.#sink !== undefined && !this.#closed) {
      const data = this.#held.shift()
      if (data !== undefined) this.#deliver(this.#sink, data)
    }
    if (this.#sink === undefined || (this.#held.length > 0 && !this.#closed)) return
    const events = this.#heldEvents
    this.#heldEvents = []
    for (const event of events) this.#announce(this.#sink, event)
  }

  #deliver(sink: ConnectionSink, data: Buffer): void {
    this.#channel.use(data.length)
    this.#text(sink, this.#decode(data))
  }

  #decode(data: Buffer): string {
    if (this.#decoder === undefined && (data.at(-1) ?? 0) < 0x80) return data.toString()
    return (this.#decoder ??= new StringDecoder('utf8')).write(data)
  }

  #text(sink: ConnectionSink | undefined, text: string): void {
    if (text !== '') sink?.text(text)
  }
}

/** The SSH connection of a session. */
export interface SessionConnectionHost {
  /** The session was abandoned. */
  abandoned(session: SessionConnection): void
  /** The session is over, for any reason. */
  over(): void
}

/** A peer that has not taken the remaining output in this time loses it. */
const DELIVERY_MS = 30_000
/** The most events before `start`; further ones are dropped, but never the end of input. */
const MOST_EVENTS = 64
const MOST_PIECES = 256

/**
 * Returns the exit message (RFC 4254 §6.10). A signal without a name there becomes status 255, as
 * OpenSSH's client shows every signal.
 */
function exitMessage(channel: number, end: ConnectionEnd): Uint8Array {
  const request = new WireWriter().byte(MESSAGE.CHANNEL_REQUEST).uint32(channel)
  if (end.signal === undefined || !SIGNALS.has(end.signal)) {
    const status = end.status ?? (end.signal === undefined ? 0 : 255)
    return request.string('exit-status').boolean(false).uint32(exitStatus(status)).bytes()
  }
  return request.string('exit-signal').boolean(false).string(end.signal).boolean(false).string('').string('').bytes()
}
