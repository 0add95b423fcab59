import type { Socket } from 'node:net'
import type { Clock } from '../../core/clock.ts'

/**
 * Hands on what a socket reads, piece by piece: a client has its share of a turn, and goes on when
 * it has another. One read holds thousands of small packets, and Node reads one socket again and
 * again before the next: others would wait for the one that sends the most.
 */
export class Intake {
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #take: (bytes: Buffer) => void
  /** Of what was read, the part that waits for this client's turn. */
  #held: Buffer | undefined
  #paused = false
  #stopped = false

  constructor(socket: Socket, clock: Clock, take: (bytes: Buffer) => void) {
    this.#socket = socket
    this.#clock = clock
    this.#take = take
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
  }

  /** Nothing is read until `resume`. */
  pause(): void {
    this.#paused = true
    this.#socket.pause()
  }

  resume(): void {
    this.#paused = false
    if (this.#held === undefined) this.#socket.resume()
  }

  /** Nothing more is handed on. */
  stop(): void {
    this.#stopped = true
    this.#held = undefined
  }

  #receive(chunk: Buffer): void {
    if (this.#stopped) return
    if (chunk.length <= PIECE) this.#take(chunk)
    else this.#takePieces(chunk)
  }

  #takePieces(bytes: Buffer): void {
    const end = this.#clock.share()
    let from = 0
    do this.#take(bytes.subarray(from, (from += PIECE)))
    while (!this.#stopped && from < bytes.length && this.#clock.now() < end)
    if (this.#stopped) return
    // Where a read was full more is there, and would be read at once.
    if (from < bytes.length || bytes.length >= FULL_READ) this.#hold(bytes.subarray(from))
  }

  #hold(rest: Buffer): void {
    this.#held = rest
    this.#socket.pause()
    this.#clock.soon(() => this.#goOn())
  }

  #goOn(): void {
    const rest = this.#held
    if (rest === undefined) return
    this.#held = undefined
    if (rest.length > 0) this.#takePieces(rest)
    if (this.#held === undefined && !this.#paused && !this.#stopped) this.#socket.resume()
  }
}

/** How many bytes are handed on between two looks at the clock: some seventy packets at most. */
const PIECE = 2048
/** As much as Node reads in one go. */
const FULL_READ = 64 * 1024
