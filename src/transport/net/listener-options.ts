import type { Identity } from '../../core/connection.ts'
import { AnswerbackError } from '../../core/errors.ts'
import { checkOptions, optionError } from '../../core/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options.ts'
import type { TransportHost } from '../../core/transport.ts'
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

export const aListenerAuth: OptionCheck = value => {
  const { as, ...others } = Object(value) as { as?: { name?: unknown } | null }
  const fits = typeof as?.name === 'string' && Object.keys(others).length === 0
  return fits ? undefined : 'it is { as }, a user that has a name'
}

const PLACE: OptionTable<ListenAt> = {
  port: port => (isPort(port) ? undefined : PORT),
  host: host => (typeof host === 'string' && host !== '' ? undefined : 'it is an address or a name'),
  proxy: proxy =>
    Array.isArray((Object(proxy) as ProxyOptions).from) ? undefined : 'it is { from }, a list of proxies',
}

const PORT = 'it is a whole number from 0 to 65535'

function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535
}

/**
 * Returns where to listen. Throws an `AnswerbackError` (`OPTION`) for what cannot be meant there,
 * and for what cannot be meant by the options of the transport of that name.
 */
export function checkedListener<Options>(
  name: string,
  at: unknown,
  table: OptionTable<Options>,
  options: unknown,
): ListenAt | undefined {
  const place = at === undefined || typeof at === 'object' ? at : { port: at }
  refuseMisplaced(place, Object.keys(table), own => `write ${name}({ port }, { ${own} })`)
  refuseMisplaced(options, Object.keys(PLACE), own =>
    own === 'port' ? `write ${name}({ port }, options)` : `write ${name}({ port, ${own} }, options)`,
  )
  if (place !== undefined) checkOptions(`where ${name}() listens`, PLACE, place)
  const { port } = (place ?? { port: 0 }) as Partial<ListenAt>
  if (port === undefined) throw optionError('port', port, PORT)
  checkOptions(`${name}()`, table, options)
  return place as ListenAt | undefined
}

/** What stands in one argument, and is known in the other. */
function refuseMisplaced(given: unknown, elsewhere: readonly string[], way: (name: string) => string): void {
  const name = Object.keys(Object(given) as object).find(each => elsewhere.includes(each))
  if (name !== undefined) throw new AnswerbackError('OPTION', { option: name, value: 'given here', way: way(name) })
}

/**
 * Returns where to listen; throws an `AnswerbackError` (`OPTION`) for no place. `written`: how the
 * call is written, for the sentence.
 */
export function placeOf(at: ListenAt | undefined, written: string): Required<Pick<ListenAt, 'port' | 'host'>> {
  if (at === undefined)
    throw new AnswerbackError('OPTION', {
      option: 'listen',
      value: written,
      way: 'to listen it needs a port, as in telnet(8023)',
    })
  return { port: at.port, host: at.host ?? '127.0.0.1' }
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
