import type { LoginTries } from './core/authenticator.ts'
import type { Clock } from './core/time/clock.ts'
import type { Scheduler } from './core/time/scheduler.ts'
import { durationOf } from './core/options/duration.ts'
import { checkHost } from './core/options/host.ts'
import { SILENT } from './core/log.ts'
import { aText, anything, checkOptions, either, oneOf, optionError, withMethods } from './core/options/options.ts'
import type { OptionTable } from './core/options/options.ts'
import type { Logger } from './core/log.ts'
import { sanitizeUnlessSafe } from './core/text/safe-text.ts'
import type { SafeText } from './core/text/safe-text.ts'
import type { Address, SessionHost, Listening, SocketTransport, Transport } from './core/transport.ts'
import { chooseLimits } from './guard/limits.ts'
import type { ChosenLimits, ServerLimits } from './guard/limits.ts'
import { ServedAddress } from './serve/served-address.ts'
import { ShellServer } from './serve/shell-server.ts'
import type { ServerState } from './serve/shell-server.ts'
import { escapedLog } from './serve/escaped-log.ts'
import { Events } from './serve/events.ts'
import type { ServerCounts, LogCommands } from './serve/events.ts'
import { AddressRanges, isRange } from './platform/address-ranges.ts'
import { CONSOLE_LOG } from './platform/console-log.ts'
import { diagnosticsOf } from './platform/diagnostics.ts'
import { SCHEDULER } from './platform/scheduler.ts'
import { SYSTEM_CLOCK } from './platform/system-clock.ts'

export type { ServerLimits } from './guard/limits.ts'
export type { ServerState } from './serve/shell-server.ts'
export type { ServerCounts, LogCommands } from './serve/events.ts'

/** What `serve` and `accept` have in common. */
export interface ServerOptions {
  /**
   * Limits on what peers may cost: in all, by address, and for each session.
   * @default what suits a public port; see `ServerLimits`
   */
  limits?: ServerLimits
  /**
   * Where to report: a pino logger fits as it is. `false` reports nowhere.
   * @default warnings and errors, on standard error
   */
  log?: Logger | false
  /**
   * Whether commands are logged: by name, or with all typed words, which may hold secrets. Neither
   * holds masked input. Their level is `info`, which the default log does not write.
   * @default `false`
   */
  logCommands?: LogCommands
  /**
   * Remembers failed logins: for example a store that machines share.
   * @default this process does
   */
  loginTries?: LoginTries
  /**
   * The clock.
   * @default this machine's
   */
  clock?: Clock
  /**
   * Schedules the turns of the event loop.
   * @default the one that all servers of this thread share
   */
  scheduler?: Scheduler
}

/**
 * `User` is the type of `session.user`: an identity that a transport gives to every peer must be
 * one.
 */
export interface ServeOptions<User = any> extends ServerOptions {
  /** The transports to listen with: `[telnet(8023)]`. */
  listen: readonly Transport<User>[]
}

type HostedUser<S> = S extends { readonly user: infer User } ? User : any

/** How a server is closed. */
export interface CloseOptions {
  /**
   * Shown to all users. An empty message shows nothing.
   * @default `The server is shutting down.`
   */
  message?: string | SafeText
  /**
   * How many milliseconds running commands have to end; then they are aborted. `Infinity` waits for
   * all of them.
   * @default 10,000
   */
  timeout?: number
}

/** A running server of a shell. */
export interface Server<S> {
  /**
   * Where it listens, in the order of `listen`, with the port that the system has chosen for 0. As
   * a string each is a URL: `String(address)` is `telnet://127.0.0.1:8023`.
   */
  readonly addresses: readonly Address[]
  /** The sessions of all users: logged in, if a login is required. */
  readonly sessions: readonly S[]
  /** Whether a load balancer should send more. */
  readonly state: ServerState
  /** Counts of what has happened so far, for monitoring. */
  readonly counts: ServerCounts
  /**
   * Accepts no more connections, notifies the users, and lets running commands end until the
   * deadline. Then it delivers all output, and closes every connection. Resolves when all is over.
   * A second call does not wait: it aborts the commands at once.
   */
  close(options?: CloseOptions): Promise<void>
  /** Closes the server where `await using` goes out of scope, as `close()` does. */
  [Symbol.asyncDispose](): Promise<void>
}

/** A listener for your own server: `net.createServer(accept(shell, telnet()))`. */
export interface Acceptor<Socket, S> extends Omit<Server<S>, 'addresses'> {
  (socket: Socket): void
}

/**
 * Serves a shell over all given transports. Resolves when every one of them listens. A shell
 * without authentication is served on loopback only, unless it says `auth: 'open'`.
 *
 * @throws an `AnswerbackError` in one sentence when a transport cannot listen; then none listens
 * @example
 * const server = await serve(shell, { listen: [telnet(8023)] })
 */
export async function serve<S>(
  shell: SessionHost<S>,
  options: ServeOptions<HostedUser<NoInfer<S>>>,
): Promise<Server<S>> {
  if (Array.isArray(options) || isTransport(options)) throw optionError('listen', undefined, WRITTEN)
  checkOptions('serve()', SERVE, options)
  if (options.listen === undefined) throw optionError('listen', undefined, TRANSPORTS)
  const door = shellServerOf(shell, options)
  const listening: Listening[] = []
  const close = async (closing?: CloseOptions): Promise<void> => {
    const chosen = chooseClosing(closing)
    await Promise.all([...listening.map(each => each.close()), door.close(chosen.message, chosen.timeout)])
  }
  try {
    for (const transport of options.listen) {
      const each = await transport.listen(door)
      listening.push(each)
      door.check(each.address.host)
    }
  } catch (error) {
    await Promise.all([...listening.map(each => each.close()), door.abandon()])
    throw error
  }
  warnOfLoss(door.log, options)
  for (const { address } of listening) door.events.report({ type: 'listen', ...address })
  return withState(door, { addresses: listening.map(({ address }) => new ServedAddress(address)) }, close)
}

/**
 * Serves a shell on sockets that other code accepts, of `net`, `tls` or the like. Guards and limits
 * are the same as with `serve`. Closing the accepting server is its owner's task.
 *
 * @throws an `AnswerbackError` (`OPTION`) for an option that is wrong
 * @example
 * net.createServer(accept(shell, telnet())).listen(8023, '127.0.0.1')
 */
export function accept<Socket, S>(
  shell: SessionHost<S>,
  transport: SocketTransport<Socket, HostedUser<NoInfer<S>>>,
  options: ServerOptions = {},
): Acceptor<Socket, S> {
  checkOptions('accept()', ACCEPT, options)
  if (typeof transport?.attach !== 'function')
    throw optionError('transport', transport, 'it is telnet() or ssh(options)')
  const door = shellServerOf(shell, options)
  const acceptor = transport.attach(door)
  warnOfLoss(door.log, options)
  const close = async (closing?: CloseOptions): Promise<void> => {
    const { message, timeout } = chooseClosing(closing)
    await door.close(message, timeout)
  }
  return withState(door, acceptor, close)
}

const TRANSPORTS = 'it is a list of transports, as [telnet(8023)] is'
const WRITTEN = 'write serve(shell, { listen: [telnet(8023)] })'

const ACCEPT: OptionTable<ServerOptions> = {
  limits: anything,
  log: either(
    oneOf(false),
    withMethods('false, or has the methods debug, info, warn, error', 'debug', 'info', 'warn', 'error'),
  ),
  logCommands: oneOf(false, 'names', 'words'),
  loginTries: withMethods('an object with the methods attempt and accepted', 'attempt', 'accepted'),
  clock: withMethods('a clock', 'now', 'wall', 'after'),
  scheduler: withMethods('a scheduler', 'now', 'sliceEnd', 'defer', 'nextTurn'),
}

const SERVE: OptionTable<ServeOptions> = {
  ...ACCEPT,
  listen: value => (Array.isArray(value) ? strayIn(value) : TRANSPORTS),
}

/** Returns what is wrong with the first element that is no transport. */
function strayIn(list: readonly unknown[]): string | undefined {
  const at = list.findIndex(each => !isTransport(each))
  if (at === -1) return undefined
  const stray = typeof list[at] === 'function' ? 'a function: call it, as in telnet(8023)' : 'not a transport'
  return `element ${at} of it is ${stray}`
}

function isTransport(value: unknown): boolean {
  return typeof (Object(value) as Partial<Transport>).listen === 'function'
}

const CLOSE: OptionTable<CloseOptions> = {
  message: aText,
  timeout: anything,
}

function shellServerOf<S>(shell: SessionHost<S>, options: ServerOptions): ShellServer<S> {
  checkHost(shell)
  shell.prepare()
  const clock = options.clock ?? SYSTEM_CLOCK
  const log = options.log === false ? SILENT : escapedLog(options.log ?? CONSOLE_LOG)
  const limits = chooseLimits(options.limits ?? {}, isRange)
  return new ShellServer(shell, {
    clock,
    scheduler: options.scheduler ?? SCHEDULER,
    log,
    limits,
    rules: rulesOf(limits),
    events: new Events(clock, log, options.logCommands ?? false, diagnosticsOf),
    tries: options.loginTries,
  })
}

/** Warns of a log that drops the lines that `logCommands` asks for. */
function warnOfLoss(log: Logger, { logCommands = false }: ServerOptions): void {
  if (logCommands && log.isLevelEnabled?.('info') === false)
    log.warn({ logCommands }, 'no command is logged: the log writes no lines of level info')
}

interface Closing {
  readonly message: string
  readonly timeout: number
}

/** Fills in the defaults; throws `OPTION` before anything is closed. */
function chooseClosing(given: CloseOptions = {}): Closing {
  checkOptions('close()', CLOSE, given)
  const { message = 'The server is shutting down.', timeout = 10_000 } = given
  return { message: sanitizeUnlessSafe(message), timeout: durationOf('timeout', timeout) }
}

/** Adds the server's state, to be read at any time. */
function withState<S, T extends object>(
  door: ShellServer<S>,
  target: T,
  close: Server<S>['close'],
): T & Omit<Server<S>, 'addresses'> {
  return Object.defineProperties(target, {
    close: { value: close, enumerable: true },
    [Symbol.asyncDispose]: { value: () => close() },
    sessions: { get: () => door.sessions, enumerable: true },
    state: { get: () => door.state, enumerable: true },
    counts: { get: () => door.events.counts, enumerable: true },
  }) as T & Omit<Server<S>, 'addresses'>
}

function rulesOf(limits: ChosenLimits): { allowed(address: string): boolean; exempt(address: string): boolean } {
  const [allow, deny, exempt] = [limits.allow, limits.deny, limits.exempt].map(list => new AddressRanges(list)) as [
    AddressRanges,
    AddressRanges,
    AddressRanges,
  ]
  return {
    allowed: address => !deny.has(address) && (allow.empty || allow.has(address)),
    exempt: address => exempt.has(address),
  }
}
