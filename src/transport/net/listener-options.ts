import type { Identity } from '../../core/connection.ts'
import { AnswerbackError } from '../../core/options/errors.ts'
import { checkOptions } from '../../core/options/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options/options.ts'
import type { TransportHost } from '../../core/transport.ts'
import type { ProxyOptions } from './proxy-protocol.ts'

/** Where a transport listens. Without a port it is for sockets that are accepted elsewhere. */
export interface ListenOptions {
  /** 0: one that the system chooses; `server.addresses` says which. */
  port?: number
  /**
   * An address or a name of this machine.
   * @default `127.0.0.1`: only this machine itself can connect
   */
  host?: string
  /**
   * Proxies in front that speak the PROXY protocol (HAProxy's `send-proxy`).
   * @default none, and every address is taken as it is
   */
  proxy?: ProxyOptions
}

/** A user with a name: what a listener takes as the identity of its peers. */
export interface NamedUser {
  /** Becomes `session.name`. */
  readonly name: string
}

/**
 * The identity of users without a login: `as` becomes `session.user`, its name `session.name`. The
 * compiler checks that it is a user of the shell.
 */
export interface ListenerAuth<U> {
  /** The user that every peer of this listener is. It has a property `name`. */
  readonly as: U & NamedUser
}

export const aListenerAuth: OptionCheck = value => {
  const { as, ...others } = Object(value) as { as?: { name?: unknown } | null }
  const fits = typeof as?.name === 'string' && Object.keys(others).length === 0
  return fits ? undefined : 'it is { as }, a user that has a name'
}

export const LISTEN_OPTIONS: OptionTable<ListenOptions> = {
  port: port => (isPort(port) ? undefined : 'it is a whole number from 0 to 65535'),
  host: host => (typeof host === 'string' && host !== '' ? undefined : 'it is an address or a name'),
  proxy: proxy =>
    Array.isArray((Object(proxy) as ProxyOptions).from) ? undefined : 'it is { from }, a list of proxies',
}

function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535
}

/**
 * Returns the options of the transport of that name; a number is short for `{ port }`. Throws an
 * `AnswerbackError` (`OPTION`) for what is wrong, such as options in a second argument.
 */
export function listenerOptions<Options extends ListenOptions>(
  name: string,
  given: number | Options,
  second: unknown,
  table: OptionTable<Options>,
): Options {
  if (second !== undefined) throw givenSecond(name, second)
  const options = typeof given === 'object' ? given : ({ port: given } as Options)
  checkOptions(`${name}()`, table, options)
  return options
}

function givenSecond(name: string, second: unknown): AnswerbackError {
  const names = typeof second === 'object' && second !== null ? Object.keys(second) : []
  return new AnswerbackError('OPTION', {
    option: names[0] ?? 'options',
    value: 'given as a second argument',
    way: `write ${name}({ ${['port', ...names].join(', ')} })`,
  })
}

/**
 * Returns where to listen; throws an `AnswerbackError` (`OPTION`) for no place. `written`: how the
 * call is written, for the sentence.
 */
export function placeOf({ port, host = '127.0.0.1' }: ListenOptions, written: string): { port: number; host: string } {
  if (port === undefined)
    throw new AnswerbackError('OPTION', {
      option: 'listen',
      value: written,
      way: 'to listen it needs a port, as in telnet(8023)',
    })
  return { port, host }
}

/**
 * Returns who everybody is, where a listener says so. Throws where the shell cannot tell their
 * account.
 */
export function identityOf(
  auth: ListenerAuth<unknown> | undefined,
  { authenticator }: Pick<TransportHost, 'authenticator'>,
): Identity | undefined {
  if (auth === undefined) return undefined
  const identity: Identity = { name: auth.as.name, user: auth.as }
  return authenticator.identify?.(identity) ?? identity
}
