import type { Identity } from '../core/connection.ts'
import { AnswerbackError } from '../core/errors.ts'
import type { Gate } from '../core/transport.ts'
import type { ProxyOptions } from './proxy-protocol.ts'

/** Where to listen. */
export interface ListenAt {
  /** 0: one that the system chooses; `server.addresses` says which. */
  port: number
  /** An address or a name of this machine. Default `127.0.0.1`: only this machine itself can connect. */
  host?: string
  /** Proxies in front that speak the PROXY protocol (HAProxy's `send-proxy`). Default: none, and every address is taken as it is. */
  proxy?: ProxyOptions
}

/** An identity: what a listener can make of everybody. */
export interface Named {
  readonly name: string
}

/** Who somebody is, where no one is asked: `as` becomes `session.user`, its name `session.name`. The compiler checks that the shell's users are such. */
export interface ListenerAuth<U> {
  readonly as: U & Named
}

/** Reads where to listen; throws an `AnswerbackError` (`OPTION`) for a port that is none. `written`: how the call is written, for the sentence. */
export function placeOf(at: ListenAt | undefined, written: string): Required<Pick<ListenAt, 'port' | 'host'>> {
  if (at === undefined)
    throw new AnswerbackError('OPTION', {
      option: 'listen',
      value: written,
      way: 'to listen it needs a port, as in telnet(8023)',
    })
  const { port, host = '127.0.0.1' } = at
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { port, host }
  throw new AnswerbackError('OPTION', { option: 'port', value: port, way: 'it is a whole number from 0 to 65535' })
}

/**
 * Returns who everybody is, where a listener says so. Throws where the shell cannot tell their
 * account.
 */
export function identityOf(
  auth: ListenerAuth<unknown> | undefined,
  { authenticator }: Pick<Gate, 'authenticator'>,
): Identity | undefined {
  if (auth === undefined) return undefined
  const identity: Identity = { name: auth.as.name, user: auth.as }
  return authenticator.identify?.(identity) ?? identity
}
