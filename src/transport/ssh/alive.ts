import type { TransportHost } from '../../core/transport.ts'
import { KeepAlive, type Probed } from '../net/keep-alive.ts'
import { MESSAGE } from './protocol/codes.ts'
import { WireWriter } from './protocol/wire.ts'

/**
 * Checks from the login on that a client still answers. It sends a request that every client
 * answers, if only by a refusal (RFC 4254 §4). Any input is a sign of life. The connections of a
 * server share one timer.
 */
export class AliveCheck implements Probed {
  readonly #host: AliveHost
  readonly #timer: KeepAlive
  #unanswered = 0

  constructor(server: Pick<TransportHost, 'clock' | 'deadlines'>, ms: number, host: AliveHost) {
    this.#host = host
    this.#timer = new KeepAlive(server, ms, this)
  }

  /** Any input from the client resets the count. */
  heard(): void {
    this.#unanswered = 0
  }

  probe(): void {
    if (this.#unanswered >= MOST_UNANSWERED) return this.#host.close('the client does not answer')
    this.#unanswered += 1
    this.#host.send(ARE_YOU_THERE)
  }

  stop(): void {
    this.#timer.stop()
  }
}

/** The connection of a check. */
export interface AliveHost {
  send(payload: Uint8Array): void
  close(reason: string): void
}

const MOST_UNANSWERED = 3
const ARE_YOU_THERE = new WireWriter()
  .byte(MESSAGE.GLOBAL_REQUEST)
  .string('keepalive@openssh.com')
  .boolean(true)
  .bytes()
