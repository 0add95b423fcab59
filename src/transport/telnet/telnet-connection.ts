import { Socket } from 'node:net'
import type { Clock } from '../../core/clock.ts'
import type {
  Connection,
  ConnectionEnd,
  ConnectionEvent,
  ConnectionFacts,
  ConnectionRequest,
  ConnectionSink,
  Identity,
  Peer,
  Traffic,
} from '../../core/connection.ts'
import type { TransportHost } from '../../core/transport.ts'
import { Waiters } from '../../core/waiters.ts'
import { BUFFERS, POOLED } from '../../platform/buffer-pool.ts'
import { connectionId } from '../net/connection-id.ts'
import { KeepAlive } from '../net/keep-alive.ts'
import type { Probed } from '../net/keep-alive.ts'
import { Command } from '../../telnet/codes.ts'
import { encodeCommand } from '../../telnet/encoder.ts'
import { TelnetPeer } from '../../telnet/peer.ts'
import { STRANGERS, StrangerWatch } from '../../telnet/foreign-protocol.ts'
import type { ForeignProtocol } from '../../telnet/foreign-protocol.ts'
import type { TelnetHost, TelnetPeerOptions } from '../../telnet/peer.ts'
import { Outbox } from '../net/outbox.ts'
import { listenTo } from '../net/socket-listeners.ts'
import type { SocketListener } from '../net/socket-listeners.ts'

/** How long a peer may take to read the last of what was written, in milliseconds, before the connection is cut. */
const LINGER = 10_000

/** How many bytes are read between two looks at the clock. */
const PIECE = 1024
/** What is held of a read, in bytes, that is worth to be copied. */
const MUCH = 16 * 1024
/** As much as Node reads in one go. */
const FULL_READ = 64 * 1024

/** A telnet peer on a socket: what the socket reads goes through the protocol to the session, and back. */
export class TelnetConnection implements Connection, TelnetHost, SocketListener, Probed {
  readonly facts: ConnectionFacts
  readonly #socket: Socket
  readonly #settings: TelnetSettings
  readonly #peer: TelnetPeer
  readonly #outbox: Outbox
  #sink: ConnectionSink | undefined
  /** Writers that wait until the peer has read. */
  readonly #drained = new Waiters()
  /** Until it is known that the peer speaks telnet, or nothing in particular. */
  #greeting: StrangerWatch | undefined = new StrangerWatch()
  #ending = false
  #closed = false
  #paused = false
  /** Of what was read, the part that waits for this session's turn. */
  #held: Uint8Array | undefined
  #reason = 'disconnected'
  #keepAlive: KeepAlive | undefined

  constructor(socket: Socket, peer: Peer, settings: TelnetSettings) {
    this.#socket = socket
    this.#settings = settings
    this.#peer = new TelnetPeer(this, settings.peer)
    this.#outbox = new Outbox(socket, this.#peer, tellsWhenSent(socket) ? BUFFERS : undefined)
    this.facts = factsOf(peer, this.#peer, settings.identity)
  }

  start(sink: ConnectionSink): void {
    this.#sink = sink
    this.#outbox.asked()
    this.#peer.start()
    listenTo(this.#socket, this)
    const { host, keepAliveInterval } = this.#settings
    if (keepAliveInterval !== Infinity) this.#keepAlive = new KeepAlive(host, keepAliveInterval, this)
    // It may have gone between being accepted and being handed over.
    if (this.#socket.destroyed) this.socketClosed()
  }

  pause(): void {
    this.#paused = true
    this.#socket.pause()
  }

  resume(): void {
    this.#paused = false
    if (this.#held === undefined) this.#socket.resume()
  }

  write(text: string): boolean {
    return this.#outbox.text(text)
  }

  writeBytes(bytes: Uint8Array): boolean {
    return this.#outbox.bytes(this.#peer.encodeBytes(bytes))
  }

  get #clock(): Clock {
    return this.#settings.host.clock
  }

  get needsDrain(): boolean {
    return !this.#closed && this.#outbox.needsDrain
  }

  get queued(): number {
    return this.#outbox.queued
  }

  get traffic(): Traffic {
    return { received: this.#socket.bytesRead, sent: this.#socket.bytesWritten }
  }

  drained(): Promise<void> {
    this.#outbox.sendInTurn()
    if (this.#outbox.nextTurn !== undefined) return this.#outbox.nextTurn.then(() => this.drained())
    if (this.#closed || !this.#socket.writableNeedDrain) return Promise.resolve()
    if (this.#drained.empty) this.#socket.once('drain', () => this.#drained.release())
    return this.#drained.wait()
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
    this.#reason = end.reason
    this.#outbox.finish()
    // What still comes is read and thrown away: unread input would turn our FIN into a reset, which takes the last output with it.
    this.#paused = false
    this.#socket.resume()
    this.#socket.end(() => this.#socket.destroySoon())
    const cancel = this.#clock.after(LINGER, () => this.#socket.destroy())
    this.#socket.once('close', cancel)
  }

  abort(reason: string): void {
    if (this.#closed) return
    this.#reason = reason
    this.#socket.destroy()
  }

  // What the protocol has understood.

  text(text: string): void {
    if (!this.#ending) this.#sink?.text(text)
  }

  event(event: ConnectionEvent): void {
    if (!this.#ending) this.#sink?.event(event)
  }

  send(bytes: Uint8Array): void {
    this.#outbox.bytes(bytes)
  }

  /** What is no telnet would show it, and a peer that does not read needs no more to read. */
  probe(): void {
    if (this.#peer.answered && !this.#ending && this.queued === 0) this.#outbox.bytes(NOP)
  }

  // What the socket tells.

  received(bytes: Uint8Array): void {
    this.#outbox.asked()
    const stranger = this.#greeting?.look(bytes)
    if (stranger === false) this.#greeting = undefined
    if (stranger) this.#turnAway(stranger)
    else if (bytes.length <= PIECE) this.#peer.receive(bytes)
    else this.#receivePieces(bytes)
  }

  /** Reads as much as a session may in one turn, and the rest when it has another. `memory`: the pool's, that the bytes are in. */
  #receivePieces(bytes: Uint8Array, memory?: Buffer): void {
    const end = this.#clock.share()
    let from = 0
    do this.#peer.receive(bytes.subarray(from, (from += PIECE)))
    while (from < bytes.length && this.#clock.now() < end)
    if (from < bytes.length) return this.#hold(bytes.subarray(from), memory)
    if (memory !== undefined) BUFFERS.giveBack(memory)
    // Where a read was full more is there, and would be read at once.
    if (bytes.length >= FULL_READ) this.#hold(NOTHING)
  }

  /** Keeps the rest: much of it in memory that is used again. */
  #hold(rest: Uint8Array, memory?: Buffer): void {
    if (memory === undefined && rest.length >= MUCH && rest.length <= POOLED) memory = BUFFERS.take()
    if (memory !== undefined && rest.buffer !== memory.buffer) {
      memory.set(rest)
      rest = memory.subarray(0, rest.length)
    }
    this.#held = rest
    this.#socket.pause()
    this.#clock.soon(() => {
      this.#held = undefined
      if (!this.#closed && rest.length > 0) this.#receivePieces(rest, memory)
      else if (memory !== undefined) BUFFERS.giveBack(memory)
      if (!this.#closed && this.#held === undefined && !this.#paused) this.#socket.resume()
    })
  }

  /** FIN: the end of the input. Our side stays open until the session ends it. */
  inputEnded(): void {
    if (this.#closed) return
    this.#peer.finish()
    if (!this.#ending) this.#sink?.event({ type: 'end-of-input' })
  }

  failed(error: NodeJS.ErrnoException): void {
    if (!this.#ending) this.#reason = error.code === 'ECONNRESET' ? 'reset' : 'disconnected'
  }

  socketClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#keepAlive?.stop()
    this.#outbox.close()
    this.#drained.release()
    this.#sink?.event({ type: 'closed', reason: this.#reason })
  }

  /** Before a line of its protocol is taken for a name. */
  #turnAway(stranger: ForeignProtocol): void {
    this.#greeting = undefined
    this.write(`\n${STRANGERS[stranger]}\n`)
    this.end({ reason: `${stranger} client`, status: 1 })
  }
}

/** What all connections of one listener share. */
export interface TelnetSettings {
  readonly host: Pick<TransportHost, 'clock' | 'deadlines'>
  /** Who everybody is, where nobody is asked. */
  readonly identity: Identity | undefined
  readonly peer: TelnetPeerOptions
  /** Milliseconds from one sign of life to the next. */
  readonly keepAliveInterval: number
}

function factsOf(peer: Peer, { environment, terminal }: TelnetPeer, identity: Identity | undefined): ConnectionFacts {
  return { id: connectionId(), peer, request: SHELL, environment, terminal, ...(identity && { identity }) }
}

const NOTHING = new Uint8Array(0)
const NOP = encodeCommand(Command.NOP)

/** What is passed off as a socket, or has a `write` of its own, may keep what is written to it and still say that it is sent. */
function tellsWhenSent(socket: Socket): boolean {
  return socket instanceof Socket && OWN.every(method => socket[method] === Socket.prototype[method])
}

const OWN = ['write', '_write'] as const

const SHELL: ConnectionRequest = { type: 'shell' }
