import type { Clock } from '../core/time/clock.ts'
import type { Peer } from '../core/connection.ts'
import type { ServerObserver, ServerEvent } from '../core/events.ts'
import type { Logger } from '../core/log.ts'
import { REFUSALS } from '../guard/admission.ts'
import type { RefusalReason } from '../guard/admission.ts'
import { Repeats } from './limited-log.ts'

/** Returns where events of a type go besides the log. */
export type ChannelOf = (type: ServerEvent['type']) => EventChannel

export interface EventChannel {
  readonly hasSubscribers: boolean
  publish(event: ServerEvent): void
}

/** Counts since the server began. */
export interface ServerCounts {
  /** Sessions that have begun. */
  readonly sessions: number
  /** Logins that succeeded. */
  readonly logins: number
  /** Attempts to log in that were refused. */
  readonly loginFailures: number
  /** Refused connections, by the limit that they met. */
  readonly refused: Readonly<Record<RefusalReason, number>>
}

/** What the log has of a command: nothing, its name, or all words that were typed. */
export type LogCommands = false | 'names' | 'words'

/**
 * Receives events, counts them, logs them, and passes them on. A flood of refusals costs a line a
 * second for each reason, one of failed logins a line a second for each address. Input of users is
 * escaped before it is logged.
 */
export class Events implements ServerObserver {
  readonly commands: 'no' | 'names' | 'words'
  readonly commandChannel: EventChannel
  readonly #log: Logger
  readonly #channelOf: ChannelOf
  readonly #repeats: Repeats
  readonly #refused: Record<RefusalReason, number> = zeros(REFUSALS)
  #sessions = 0
  #logins = 0
  #loginFailures = 0

  constructor(clock: Clock, log: Logger, logCommands: LogCommands, channelOf: ChannelOf) {
    this.#log = log
    this.#channelOf = channelOf
    this.commands = logCommands || 'no'
    this.commandChannel = channelOf('command')
    this.#repeats = new Repeats(() => clock.now(), MOST_ADDRESSES)
  }

  get counts(): ServerCounts {
    return {
      sessions: this.#sessions,
      logins: this.#logins,
      loginFailures: this.#loginFailures,
      refused: { ...this.#refused },
    }
  }

  report(event: ServerEvent): void {
    this.#count(event)
    if (event.type === 'refuse') this.#logRefusal(event.reason as RefusalReason, event.peer)
    else if (event.type !== 'command' || this.commands !== 'no') this.#write(event)
    const channel = this.#channelOf(event.type)
    if (channel.hasSubscribers) channel.publish(event)
  }

  #count(event: ServerEvent): void {
    if (event.type === 'start') this.#sessions += 1
    else if (event.type === 'login') this.#logins += 1
    else if (event.type === 'login-failure') this.#loginFailures += 1
    else if (event.type === 'refuse') this.#refused[event.reason as RefusalReason] += 1
  }

  #write(event: Exclude<ServerEvent, { type: 'refuse' }>): void {
    if (this.#log.isLevelEnabled?.('info') === false) return
    const { type, ...facts } = event
    const line = { event: type, ...facts }
    const sentence = type === 'end' && !event.begun ? 'a connection has ended' : SENTENCES[type]
    if (!isByStranger(event)) return this.#log.info(line, sentence)
    const count = this.#repeats.count(type, event.peer.address)
    if (count > 0) this.#log.info({ ...line, count }, sentence)
  }

  #logRefusal(reason: RefusalReason, peer: Peer): void {
    const count = this.#repeats.count('refuse', reason)
    if (count > 0) this.#log.warn({ event: 'refuse', reason, peer, count }, 'connections are refused')
  }
}

/** Returns whether an unauthenticated peer can cause any number of these events. */
function isByStranger(event: ServerEvent): event is ServerEvent & { readonly type: 'login-failure' | 'end' } {
  return event.type === 'login-failure' || (event.type === 'end' && !event.begun)
}

/** The most addresses whose failed logins are distinguished within a second. */
export const MOST_ADDRESSES = 100

const SENTENCES: Readonly<Record<Exclude<ServerEvent['type'], 'refuse'>, string>> = {
  listen: 'listening',
  login: 'a login',
  'login-failure': 'a login has failed',
  start: 'a session begins',
  command: 'a command',
  end: 'a session has ended',
  close: 'closing',
}

function zeros<Key extends string>(keys: Readonly<Record<Key, unknown>>): Record<Key, number> {
  return Object.fromEntries(Object.keys(keys).map(key => [key, 0])) as Record<Key, number>
}
