import { SHORTEST_TIMEOUT_MS } from '../core/options/duration.ts'
import { AnswerbackError } from '../core/options/errors.ts'
import { nearest } from '../core/text/nearest.ts'
import { optionError } from '../core/options/options.ts'
import { SESSION_LIMITS } from '../core/session-limits.ts'
import type { SessionLimits } from '../core/session-limits.ts'

/**
 * What peers may cost, on every transport alike:
 * `serve(shell, { limits: { maxConnections: 500, idleTimeout: Infinity } })`. All defaults suit a
 * public port. Times are milliseconds, at least 1000, and are kept to the second. Other numbers are
 * whole and at least 1; `Infinity` switches a limit off.
 *
 * An address means an IPv4 address or an IPv6 /64, since a user of one address there has all of
 * them. A /56 may have four times as much, a /48 sixteen times. The shell's own `maxInput` limits
 * the length of a line.
 */
export interface ServerLimits {
  /**
   * The most connections at a time, in all.
   * @default 10,000
   */
  maxConnections?: number
  /**
   * The most connections at a time from one address.
   * @default 100
   */
  maxConnectionsPerAddress?: number
  /**
   * The most connections begun in one second from one address.
   * @default 20
   */
  maxConnectsPerSecond?: number
  /**
   * The most connections at a time without a login. One more evicts the oldest of the address that
   * holds most of them.
   * @default 100
   */
  maxUnauthenticated?: number
  /**
   * The same from one address; one more is refused.
   * @default 20
   */
  maxUnauthenticatedPerAddress?: number
  /**
   * The time to log in, over all tries, unless the shell's `auth.timeout` is set.
   * @default 120,000
   */
  loginTimeout?: number
  /**
   * The most wrong tries before the connection is closed, unless the shell's `auth.maxTries` is
   * set.
   * @default 3
   */
  maxLoginTries?: number
  /**
   * The longest delay of a try after many failures, for the same name or from the same address. 0
   * means no delay.
   * @default 30,000
   */
  maxLoginDelay?: number
  /**
   * The most inputs of one connection that run in a second; further ones wait, and none is lost.
   * The sessions of one connection (SSH) share it, and each that begins counts as an input.
   * @default 1000
   */
  maxCommandsPerSecond?: number
  /**
   * The most output queued for a slow peer, in bytes; at least 262,144. A session that exceeds it
   * ends.
   * @default 1,048,576
   */
  maxQueuedOutput?: number
  /**
   * The most messages queued for such a peer, in characters; see `slowReader`.
   * @default 65,536
   */
  maxQueuedMessages?: number
  /**
   * The longest time in which a peer may read nothing of its queue.
   * @default 120,000
   */
  writeTimeout?: number
  /**
   * The longest time that a session waits for its user's input. The time stops while a command
   * runs. Not for `local()`.
   * @default 1,800,000
   */
  idleTimeout?: number
  /**
   * How long before the end of `idleTimeout` the user is warned; at most half of it. 0 means no
   * warning.
   * @default 60,000, or half of a short `idleTimeout`
   */
  idleWarning?: number
  /**
   * The longest duration of a session. Not for `local()`.
   * @default 86,400,000
   */
  sessionTimeout?: number
  /**
   * What happens to messages beyond `maxQueuedMessages`: the oldest are dropped, with one notice to
   * the user, or the session ends.
   * @default `'drop'`
   */
  slowReader?: SlowReaderPolicy
  /**
   * The only addresses and ranges that may connect: `['192.0.2.0/24', '2001:db8::/32']`.
   * @default every address
   */
  allow?: readonly string[]
  /**
   * Addresses and ranges that may not connect, even if `allow` lists them.
   * @default none
   */
  deny?: readonly string[]
  /**
   * Addresses and ranges that are not counted by address, and log in without delay:
   * `['127.0.0.0/8', '::1']`.
   * @default none, loopback included
   */
  exempt?: readonly string[]
}

/** Drops the oldest messages of a slow reader, or ends its session. */
export type SlowReaderPolicy = SessionLimits['slowReader']
export type LimitName = Exclude<keyof ServerLimits, 'slowReader' | RangeName>
type RangeName = 'allow' | 'deny' | 'exempt'

/** All limits, with their defaults filled in. */
export type ChosenLimits = Readonly<Required<ServerLimits>>

interface LimitRow {
  readonly default: number
  readonly least: number
  readonly unit: string
  /** Whether 0 is valid too, and switches the limit off. */
  readonly orZero?: true
}

/** The table of limits: each default, and which values are valid. */
export const LIMITS: Readonly<Record<LimitName, LimitRow>> = {
  maxConnections: { default: 10_000, least: 1, unit: 'connections' },
  maxConnectionsPerAddress: { default: 100, least: 1, unit: 'connections' },
  maxConnectsPerSecond: { default: 20, least: 1, unit: 'connections a second' },
  maxUnauthenticated: { default: 100, least: 1, unit: 'connections' },
  maxUnauthenticatedPerAddress: { default: 20, least: 1, unit: 'connections' },
  loginTimeout: timeout(SESSION_LIMITS.loginTimeout),
  maxLoginTries: { default: SESSION_LIMITS.maxLoginTries, least: 1, unit: 'tries' },
  maxLoginDelay: { ...timeout(30_000), orZero: true },
  maxCommandsPerSecond: { default: SESSION_LIMITS.maxCommandsPerSecond, least: 1, unit: 'inputs a second' },
  maxQueuedOutput: { default: 1024 * 1024, least: 256 * 1024, unit: 'bytes' },
  maxQueuedMessages: { default: SESSION_LIMITS.maxQueuedMessages, least: 1, unit: 'characters' },
  writeTimeout: timeout(120_000),
  idleTimeout: timeout(1_800_000),
  idleWarning: { ...timeout(60_000), orZero: true },
  sessionTimeout: timeout(86_400_000),
}

function timeout(ms: number): LimitRow {
  return { default: ms, least: SHORTEST_TIMEOUT_MS, unit: 'milliseconds' }
}

/**
 * Pairs of which the first may be at most that share of the second. If both are given, more is a
 * fault; else the one not given follows the other.
 */
const ORDER: readonly (readonly [smaller: LimitName, larger: LimitName, share: number])[] = [
  ['maxConnectionsPerAddress', 'maxConnections', 1],
  ['maxUnauthenticated', 'maxConnections', 1],
  ['maxUnauthenticatedPerAddress', 'maxUnauthenticated', 1],
  ['maxQueuedMessages', 'maxQueuedOutput', 1],
  ['idleTimeout', 'sessionTimeout', 1],
  ['idleWarning', 'idleTimeout', 0.5],
]

const RANGES: readonly RangeName[] = ['allow', 'deny', 'exempt']
const POLICIES: readonly SlowReaderPolicy[] = ['drop', 'end']
const NAMES: readonly string[] = [...Object.keys(LIMITS), 'slowReader', ...RANGES]

/**
 * Fills in the defaults. Throws one `AnswerbackError` (`LIMITS`) that names every fault. `isRange`
 * recognizes addresses and their ranges.
 */
export function chooseLimits(given: ServerLimits, isRange: (text: string) => boolean): ChosenLimits {
  if (typeof given !== 'object' || given === null) throw optionError('limits', given, 'it is an object')
  const faults = [
    ...unknownNames(given),
    ...wrongNumbers(given),
    ...contradictions(given),
    ...wrongPolicies(given),
    ...wrongRanges(given, isRange),
  ]
  if (faults.length > 0) throw new AnswerbackError('LIMITS', { faults: faults.join(' ') })
  return { ...numbersOf(given), slowReader: given.slowReader ?? SESSION_LIMITS.slowReader, ...rangesOf(given) }
}

function unknownNames(given: ServerLimits): string[] {
  const unknown = Object.keys(given).filter(name => !NAMES.includes(name))
  return unknown.map(name => {
    const near = nearest(name, NAMES)
    const way = near === undefined ? `: the limits are ${NAMES.join(', ')}.` : `. Did you mean \`${near}\`?`
    return `There is no limit ${name}${way}`
  })
}

function wrongNumbers(given: ServerLimits): string[] {
  return entries(LIMITS).flatMap(([name, row]) => {
    const value = given[name]
    if (value === undefined || fits(value, row)) return []
    const least = `${row.orZero ? '0, or ' : ''}${row.least} or more`
    return `${name} cannot be ${String(value)}: it is a whole number of ${row.unit}, ${least}, or Infinity for no limit.`
  })
}

function fits(value: unknown, { least, orZero }: LimitRow): boolean {
  if (value === Infinity || (orZero && value === 0)) return true
  return Number.isSafeInteger(value) && (value as number) >= least
}

function contradictions(given: ServerLimits): string[] {
  return ORDER.flatMap(([smaller, larger, share]) => {
    const [low, high] = [given[smaller], given[larger]]
    if (low === undefined || high === undefined || low === Infinity || low <= high * share) return []
    const most = share === 1 ? larger : `half of ${larger}`
    return `${smaller} cannot be ${low} where ${larger} is ${high}: make it no more than ${most}.`
  })
}

function wrongPolicies({ slowReader }: ServerLimits): string[] {
  if (slowReader === undefined || POLICIES.includes(slowReader)) return []
  return [`slowReader cannot be ${slowReader}: it is one of ${POLICIES.join(', ')}.`]
}

function wrongRanges(given: ServerLimits, isRange: (text: string) => boolean): string[] {
  return RANGES.flatMap(name => {
    const list: unknown = given[name] ?? []
    if (!Array.isArray(list)) return `${name} cannot be ${String(list)}: it is a list of addresses and ranges.`
    const wrong = list.filter(range => typeof range !== 'string' || !isRange(range))
    return wrong.map(range => `${name} cannot hold ${String(range)}: it is an address or a range, as 192.0.2.0/24 is.`)
  })
}

function numbersOf(given: ServerLimits): Record<LimitName, number> {
  const chosen = Object.fromEntries(entries(LIMITS).map(([name, row]) => [name, given[name] ?? row.default]))
  const limits = chosen as Record<LimitName, number>
  for (const [smaller, larger, share] of ORDER) {
    if (limits[smaller] === Infinity || limits[smaller] <= limits[larger] * share) continue
    if (given[smaller] === undefined) limits[smaller] = Math.floor(limits[larger] * share)
    else limits[larger] = Math.ceil(limits[smaller] / share)
  }
  return limits
}

function rangesOf(given: ServerLimits): Readonly<Record<RangeName, readonly string[]>> {
  return { allow: given.allow ?? [], deny: given.deny ?? [], exempt: given.exempt ?? [] }
}

function entries<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][]
}
