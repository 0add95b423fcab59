import { Socket } from 'node:net'
import type {
  Connection,
  ConnectionEnd,
  ConnectionFacts,
  ConnectionRequest,
  ConnectionSink,
  Identity,
  Peer,
  Traffic,
} from '../../core/connection.ts'
import type { TextEncoding } from '../../core/text/text-encoding.ts'
import type { TransportHost } from '../../core/transport.ts'
import { BUFFERS } from '../../platform/buffer-pool.ts'
import { TelnetCommand } from '../../telnet/codes.ts'
import { encodeBytes, encodeCommand, NVT_TEXT } from '../../telnet/encoder.ts'
import { ForeignGreeting, FOREIGN_PROTOCOLS } from '../../telnet/foreign-protocol.ts'
import type { ForeignProtocol } from '../../telnet/foreign-protocol.ts'
import { TelnetPeer } from '../../telnet/peer.ts'
import type { TelnetHost, TelnetPeerOptions } from '../../telnet/peer.ts'
import { connectionId } from '../net/connection-id.ts'
import { hangUp } from '../net/hang-up.ts'
import { Intake } from '../net/intake.ts'
import type { IntakeSettings, SocketListener } from '../net/intake.ts'
import { KeepAlive } from '../net/keep-alive.ts'
import type { Probed } from '../net/keep-alive.ts'
import { Outbox } from '../net/outbox.ts'

/** How long a peer may take to read the last of what was written. */
const LINGER_MS = 10_000

const READING: IntakeSettings = { pieceBytes: 1024, pool: BUFFERS }

/**
 * A telnet peer on a socket: what the socket reads goes through the protocol to the session, and
 * back.
 */
export class TelnetConnection implements Connection, TelnetHost, SocketListener, Probed {
  readonly facts: ConnectionFacts
  /** Where input goes, until the session ends. */
  input: ConnectionSink | undefined
  readonly #socket: Socket
  readonly #settings: TelnetSettings
  readonly #peer: TelnetPeer
  readonly #outbox: Outbox
  #sink: ConnectionSink | undefined
  #intake: Intake | undefined
  /** Until it is known that the peer speaks telnet, or nothing in particular. */
  #greeting: ForeignGreeting | undefined = new ForeignGreeting()
  #ending = false
  #closed = false
  #reason = 'disconnected'
  #keepAlive: KeepAlive | undefined

  constructor(socket: Socket, peer: Peer, settings: TelnetSettings) {
    this.#socket = socket
    this.#settings = settings
    this.#peer = new TelnetPeer(this, settings.peer)
    this.#outbox = new Outbox(socket, NVT_TEXT, tellsWhenSent(socket) ? BUFFERS : undefined)
    this.facts = factsOf(peer, this.#peer, settings.identity)
  }

  start(sink: ConnectionSink): void {
    this.#sink = sink
    this.input = sink
    this.#outbox.prioritize()
    this.#peer.start()
    const { host, keepAliveInterval } = this.#settings
    this.#intake = new Intake(this.#socket, host.scheduler, this, READING)
    if (keepAliveInterval !== Infinity) this.#keepAlive = new KeepAlive(host, keepAliveInterval, this)
    // It may have gone between being accepted and being handed over.
    if (this.#socket.destroyed) this.socketClosed()
  }

  pause(): void {
    this.#intake?.pause()
  }

  resume(): void {
    this.#intake?.resume()
  }

  write(text: string): boolean {
    return this.#outbox.text(text)
  }

  writeBytes(bytes: Uint8Array): boolean {
    return this.#outbox.bytes(encodeBytes(bytes))
  }

  get needsDrain(): boolean {
    return this.#outbox.needsDrain
  }

  get queued(): number {
    return this.#outbox.queued
  }

  get traffic(): Traffic {
    return { received: this.#socket.bytesRead, sent: this.#socket.bytesWritten }
  }

  drained(): Promise<void> {
    return this.#outbox.drained()
  }

  hideInput(hidden: boolean): void {
    this.#peer.hideInput(hidden)
  }

  promptEnd(): void {
    this.#peer.promptEnd()
  }

  end(end: ConnectionEnd): void {
    if (this.#ending || this.#closed) return
    this.#ending = true
    this.input = undefined
    this.#reason = end.reason
    this.#outbox.finish()
    this.#intake?.resume()
    hangUp(this.#socket, this.#settings.host.clock, { within: LINGER_MS })
  }

  abort(reason: string): void {
    if (this.#closed) return
    this.#reason = reason
    this.#socket.destroy()
  }

  // What the protocol asks and tells.

  send(bytes: Uint8Array): void {
    this.#outbox.bytes(bytes)
  }

  encodeTextAs(encoding: TextEncoding): void {
    this.#outbox.encoding = encoding
  }

  /** What is no telnet would show it, and a peer that does not read needs no more to read. */
  probe(): void {
    if (this.#peer.answered && !this.#ending && this.queued === 0) this.#outbox.bytes(NOP)
  }

  // What the socket tells.

  received(bytes: Uint8Array): void {
    this.#outbox.prioritize()
    if (this.#greeting !== undefined && this.#isForeign(this.#greeting, bytes)) return
    this.#peer.receive(bytes)
  }

  /** FIN: the end of the input. Our side stays open until the session ends it. */
  inputEnded(): void {
    if (this.#closed) return
    this.#peer.finish()
    this.input?.event({ type: 'end-of-input' })
  }

  socketFailed(error: NodeJS.ErrnoException): void {
    if (!this.#ending) this.#reason = error.code === 'ECONNRESET' ? 'reset' : 'disconnected'
  }

  socketClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#intake?.stop()
    this.#keepAlive?.stop()
    this.#outbox.close()
    this.#sink?.event({ type: 'closed', reason: this.#reason })
  }

  /**
   * Whether the peer speaks something else; then it is turned away before a line of its protocol is
   * taken for a name.
   */
  #isForeign(greeting: ForeignGreeting, bytes: Uint8Array): boolean {
    const protocol = greeting.look(bytes)
    if (protocol === undefined) return false
    this.#greeting = undefined
    if (protocol !== false) this.#turnAway(protocol)
    return protocol !== false
  }

  #turnAway(protocol: ForeignProtocol): void {
    this.write(`\n${FOREIGN_PROTOCOLS[protocol]}\n`)
    this.end({ reason: `${protocol} client`, status: 1 })
  }
}

/** What all connections of one listener share. */
export interface TelnetSettings {
  readonly host: Pick<TransportHost, 'clock' | 'scheduler' | 'deadlines'>
  /** The identity of every peer, without a login. */
  readonly identity: Identity | undefined
  readonly peer: TelnetPeerOptions
  /** Milliseconds from one sign of life to the next. */
  readonly keepAliveInterval: number
}

function factsOf(peer: Peer, { environment, terminal }: TelnetPeer, identity: Identity | undefined): ConnectionFacts {
  return { id: connectionId(), peer, request: SHELL, environment, terminal, ...(identity && { identity }) }
}

const NOP = encodeCommand(TelnetCommand.NOP)

/**
 * What is passed off as a socket, or has a `write` of its own, may keep what is written to it and
 * still say that it is sent.
 */
function tellsWhenSent(socket: Socket): boolean {
  return socket instanceof Socket && OWN.every(method => socket[method] === Socket.prototype[method])
}

const OWN = ['write', '_write'] as const

const SHELL: ConnectionRequest = { type: 'shell' }
