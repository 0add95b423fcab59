import type { Socket } from 'node:net'
import type { Scheduler } from '../../core/time/scheduler.ts'
import { POOLED_BYTES } from '../../platform/buffer-pool.ts'
import type { BufferPool } from '../../platform/buffer-pool.ts'

/** Hears what happens to a socket. */
export interface SocketListener {
  received(bytes: Buffer): void
  /** FIN: nothing more will be received. */
  inputEnded(): void
  socketFailed(error: NodeJS.ErrnoException): void
  socketClosed(): void
}

export interface IntakeSettings {
  /** How many bytes are handed on between two looks at the clock. */
  readonly pieceBytes: number
  /**
   * Where much that waits is kept. Absent: where it is, because a listener may keep parts of it.
   */
  readonly pool?: BufferPool
}

/** From here on it is worth to copy what waits. */
const MUCH_BYTES = 16 * 1024
/** As much as Node reads in one go. */
const FULL_READ_BYTES = 64 * 1024

/**
 * Passes on what a socket reads, piece by piece: a peer has a time slice of a turn, and resumes in
 * a later one. One read holds thousands of small requests, and Node reads one socket repeatedly
 * before the next. Without slices, others would wait for the busiest peer.
 */
export class Intake {
  readonly listener: SocketListener
  readonly settings: IntakeSettings
  readonly #socket: Socket
  readonly #scheduler: Scheduler
  /** Of the flags below, in one number: each field is 8 bytes of every connection. */
  #state = 0

  /** Reads from now on. */
  constructor(socket: Socket, scheduler: Scheduler, listener: SocketListener, settings: IntakeSettings) {
    this.listener = listener
    this.settings = settings
    this.#socket = socket
    this.#scheduler = scheduler
    ;(socket as Heard)[INTAKE] = this
    socket.on('data', received)
    socket.on('end', inputEnded)
    socket.on('error', failed)
    socket.on('close', socketClosed)
  }

  /** Reads nothing until `resume`. */
  pause(): void {
    this.#state |= PAUSED
    this.#socket.pause()
  }

  resume(): void {
    this.#state &= ~PAUSED
    if ((this.#state & HOLDING) === 0) this.#socket.resume()
  }

  /** Hands on no more bytes. */
  stop(): void {
    this.#state |= STOPPED
    this.#socket.off('data', received)
  }

  /** `memory`: the pool's buffer that the bytes are in. */
  takePieces(bytes: Buffer, memory?: Buffer): void {
    const end = this.#scheduler.sliceEnd()
    const { pieceBytes } = this.settings
    let from = 0
    do this.listener.received(bytes.subarray(from, (from += pieceBytes)))
    while (!this.#isStopped && from < bytes.length && this.#scheduler.now() < end)
    if (!this.#isStopped && from < bytes.length) return this.#hold(bytes.subarray(from), memory)
    this.#giveBack(memory)
    // Where a read was full more is there, and would be read at once.
    if (!this.#isStopped && bytes.length >= FULL_READ_BYTES) this.#hold(NOTHING)
  }

  /** Keeps the rest: much of it in memory that is used again. */
  #hold(rest: Buffer, memory?: Buffer): void {
    if (memory === undefined && rest.length >= MUCH_BYTES && rest.length <= POOLED_BYTES)
      memory = this.settings.pool?.take()
    if (memory !== undefined && rest.buffer !== memory.buffer) {
      memory.set(rest)
      rest = memory.subarray(0, rest.length)
    }
    this.#state |= HOLDING
    this.#socket.pause()
    this.#scheduler.defer(() => this.#release(rest, memory))
  }

  #release(rest: Buffer, memory: Buffer | undefined): void {
    this.#state &= ~HOLDING
    if (this.#isStopped || rest.length === 0) this.#giveBack(memory)
    else this.takePieces(rest, memory)
    if (this.#state === 0) this.#socket.resume()
  }

  get #isStopped(): boolean {
    return (this.#state & STOPPED) !== 0
  }

  #giveBack(memory: Buffer | undefined): void {
    if (memory !== undefined) this.settings.pool?.giveBack(memory)
  }
}

const PAUSED = 1
/** A part of what was read waits for this peer's turn. */
const HOLDING = 2
const STOPPED = 4

const NOTHING = Buffer.alloc(0)
const INTAKE: unique symbol = Symbol('intake')

interface Heard extends Socket {
  [INTAKE]: Intake
}

// The same functions for all sockets: closures of its own take 320 bytes of each connection.

function received(this: Heard, bytes: Buffer): void {
  const intake = this[INTAKE]
  if (bytes.length <= intake.settings.pieceBytes) intake.listener.received(bytes)
  else intake.takePieces(bytes)
}

function inputEnded(this: Heard): void {
  this[INTAKE].listener.inputEnded()
}

function failed(this: Heard, error: NodeJS.ErrnoException): void {
  this[INTAKE].listener.socketFailed(error)
}

function socketClosed(this: Heard): void {
  this[INTAKE].listener.socketClosed()
}
