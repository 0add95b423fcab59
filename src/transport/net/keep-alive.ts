import type { Socket } from 'node:net'
import { SHORTEST_TIMEOUT_MS } from '../../core/options/duration.ts'
import type { OptionCheck } from '../../core/options/options.ts'
import type { TransportHost } from '../../core/transport.ts'
import type { Scheduled } from '../../core/time/deadlines.ts'

/**
 * How a transport keeps a quiet connection open: milliseconds from one sign of life to the next, or
 * `false`.
 */
export type KeepAliveInterval = number | false

/** What can be asked for a sign of life. */
export interface Probed {
  /** The time has come to send something that does nothing, where the peer can take it. */
  probe(): void
}

/** The quiet time before a sign of life, in milliseconds, by default. */
export const KEEP_ALIVE_MS = 60_000
/** Linux takes no longer times, in milliseconds. */
const LONGEST = 32_767_000

export const aKeepAlive: OptionCheck = value =>
  value === false || (typeof value === 'number' && value >= SHORTEST_TIMEOUT_MS)
    ? undefined
    : `it is false, or a number of milliseconds, ${SHORTEST_TIMEOUT_MS} or more`

/** Reads the option: milliseconds, `Infinity` for never. */
export function keepAliveOf(option: KeepAliveInterval = KEEP_ALIVE_MS): number {
  return option === false ? Infinity : option
}

/**
 * Has the system ask a silent peer whether it is still there. What is passed off as a socket may
 * know no such thing.
 */
export function keepSocketAlive(socket: Socket, ms: number): void {
  if (ms !== Infinity) socket.setKeepAlive?.(true, Math.min(ms, LONGEST))
}

/**
 * Calls `probe` again and again, until it is stopped. All connections of a server share one timer.
 */
export class KeepAlive implements Scheduled {
  slot: number | undefined
  dueAt: number
  readonly #host: Pick<TransportHost, 'clock' | 'deadlines'>
  readonly #ms: number
  readonly #probed: Probed

  /** Begins at once; with `Infinity` it never comes. */
  constructor(host: Pick<TransportHost, 'clock' | 'deadlines'>, ms: number, probed: Probed) {
    this.#host = host
    this.#ms = ms
    this.#probed = probed
    this.dueAt = this.#later()
    host.deadlines.schedule(this)
  }

  onDue(): void {
    this.dueAt = this.#later()
    this.#probed.probe()
  }

  stop(): void {
    this.#host.deadlines.cancel(this)
  }

  /** Whole milliseconds: a fraction that is kept is an object of 16 bytes. */
  #later(): number {
    return Math.floor(this.#host.clock.now()) + this.#ms
  }
}
