import type { TransportHost } from '../../core/transport.ts'
import { KeepAlive, type Probed } from '../net/keep-alive.ts'
import { MESSAGE } from './protocol/codes.ts'
import { WireWriter } from './protocol/wire.ts'

/**
 * Asks a client, from its login on, whether it is still there: by a request that every client
 * answers, with a refusal at least (RFC 4254 §4). Whatever comes is a sign of life. The connections
 * of a server share one timer.
 */
export class AliveCheck implements Probed {
  readonly #client: AskedClient
  readonly #timer: KeepAlive
  #unanswered = 0

  constructor(host: Pick<TransportHost, 'clock' | 'deadlines'>, ms: number, client: AskedClient) {
    this.#client = client
    this.#timer = new KeepAlive(host, ms, this)
  }

  /** Something has come from the client. */
  heard(): void {
    this.#unanswered = 0
  }

  probe(): void {
    if (this.#unanswered >= MOST_UNANSWERED) return this.#client.close('the client does not answer')
    this.#unanswered += 1
    this.#client.send(ARE_YOU_THERE)
  }

  stop(): void {
    this.#timer.stop()
  }
}

export interface AskedClient {
  send(payload: Uint8Array): void
  close(reason: string): void
}

const MOST_UNANSWERED = 3
const ARE_YOU_THERE = new WireWriter()
  .byte(MESSAGE.GLOBAL_REQUEST)
  .string('keepalive@openssh.com')
  .boolean(true)
  .bytes()
