import { Failure, statusOfError } from '../core/options/failure.ts'
import type { Authenticator } from '../core/authenticator.ts'
import { waitFor } from '../core/time/clock.ts'
import type { Clock } from '../core/time/clock.ts'
import type { Connection, Peer } from '../core/connection.ts'
import { AnswerbackError } from '../core/options/errors.ts'
import { Deadlines } from '../core/time/deadlines.ts'
import type { Logger } from '../core/log.ts'
import type { Scheduler } from '../core/time/scheduler.ts'
import type { ServerEvent } from '../core/events.ts'
import type { AdmissionDecision, TransportHost, SessionHost, Admission, SessionServices } from '../core/transport.ts'
import { AdmissionControl, REFUSALS } from '../guard/admission.ts'
import type { AddressRules } from '../guard/admission.ts'
import type { ChosenLimits } from '../guard/limits.ts'
import { MemoryLoginTries } from '../guard/login-tries.ts'
import { INTERNAL_ERROR } from '../shell/session/tell.ts'
import { newAsyncContext } from '../platform/async-context.ts'
import { isLoopback } from '../platform/loopback.ts'
import { secretDigest } from '../platform/secret-digest.ts'
import type { Events } from './events.ts'
import { limitedLog } from './limited-log.ts'
import { ServedSessions } from './served-sessions.ts'

/** What a server is made of. */
export interface ShellServerSettings {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly log: Logger
  readonly limits: ChosenLimits
  readonly rules: AddressRules
  readonly events: Events
  /** Remembers failed logins. Default: this process does. */
  readonly tries: SessionServices['tries']
}

/**
 * `serving` accepts connections. `draining` accepts none, and its sessions end. `closed` has none
 * left.
 */
export type ServerState = 'serving' | 'draining' | 'closed'

/** Time limits switched off, for connections without them. */
const UNTIMED = { idleTimeout: Infinity, sessionTimeout: Infinity } as const

/** Turns connections into sessions, and tracks them until they end. */
export class ShellServer<S> implements TransportHost {
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly log: Logger
  readonly limitedLog: Logger
  readonly deadlines: Deadlines
  readonly events: Events
  readonly admission: AdmissionControl
  readonly #host: SessionHost<S>
  readonly #services: SessionServices
  readonly #limits: ChosenLimits
  readonly #served: ServedSessions<S>
  #state: ServerState = 'serving'

  constructor(host: SessionHost<S>, { clock, scheduler, log, limits, rules, events, tries }: ShellServerSettings) {
    const now = (): number => clock.now()
    this.clock = clock
    this.scheduler = scheduler
    this.log = log
    this.limitedLog = limitedLog(log, now)
    this.events = events
    this.#host = host
    this.#limits = limits
    this.deadlines = new Deadlines(clock)
    this.#served = new ServedSessions(clock, this.deadlines)
    this.admission = new AdmissionControl(limits, rules, now)
    this.#services = {
      clock,
      scheduler,
      log,
      limits,
      sessions: () => this.sessions,
      newAsyncContext,
      observer: this.#observer(),
      tries: tries ?? new MemoryLoginTries(limits.maxLoginDelay, address => rules.exempt(address), now, secretDigest()),
    }
    this.authenticator = host.authenticator(this.#services)
  }

  get state(): ServerState {
    return this.#state
  }

  get sessions(): readonly S[] {
    return this.#served.sessions
  }

  /**
   * Throws if a shell without authentication would be open to more than this machine's own users.
   */
  check(address: string | undefined): void {
    if (this.authenticator.policy !== 'none' || address === undefined || isLoopback(address)) return
    throw new AnswerbackError('OPEN_TO_ALL', { address })
  }

  admit(peer: Peer): AdmissionDecision {
    const place = this.#state === 'serving' ? this.admission.admit(peer.address) : 'shutdown'
    if (typeof place !== 'string') return place
    this.events.report({ type: 'refuse', peer, reason: place })
    return { type: 'refused', sentence: REFUSALS[place] }
  }

  open(connection: Connection, admission?: Admission): void {
    const refusal = this.#refusalOf(connection)
    if (refusal !== undefined) {
      admission?.release()
      return connection.abort(refusal)
    }
    const limits = connection.facts.untimed ? { ...this.#limits, ...UNTIMED } : this.#limits
    const served = this.#served.add(connection, admission, limits)
    if (admission !== undefined) admission.evictable = connection
    try {
      served.hosted = this.#host.open(served.connection, this.#services, () => served.close())
    } catch (err) {
      this.limitedLog.error({ err, peer: connection.facts.peer }, 'a session could not begin')
      endUnbegun(connection, err)
      served.close()
    }
  }

  close(message: string, timeout: number): Promise<void> {
    const force = this.#state !== 'serving' || timeout <= 0
    if (this.#state === 'serving') this.events.report({ type: 'close', sessions: this.#served.size })
    return this.#close(message, timeout, force)
  }

  /** Closes a server that has not begun, without notice to any user. */
  abandon(): Promise<void> {
    return this.#close('', 0, true)
  }

  async #close(message: string, timeout: number, force: boolean): Promise<void> {
    this.#state = 'draining'
    this.#served.shutdown(message, force)
    const cancel = waitFor(this.clock, timeout, () => this.#served.shutdown('', true))
    await this.#served.whenEmpty()
    cancel()
    this.#state = 'closed'
  }

  #refusalOf({ facts: { peer } }: Connection): string | undefined {
    if (this.#state !== 'serving') return 'shutdown'
    try {
      this.check(peer.localAddress)
      return undefined
    } catch (err) {
      this.limitedLog.error({ err, peer }, 'connection refused')
      return 'refused'
    }
  }

  /** Returns the observer: a login frees the connection's place among those without one. */
  #observer(): NonNullable<SessionServices['observer']> {
    const { events } = this
    const sessions = this.#served
    return {
      commands: events.commands,
      commandChannel: events.commandChannel,
      report(event: ServerEvent) {
        if (event.type === 'start') sessions.onLogin(event.session)
        events.report(event)
      },
    }
  }
}

/** Ends a connection that has not become a session, with a message on why. */
function endUnbegun(connection: Connection, err: unknown): void {
  connection.write(`${err instanceof Failure ? err.message : INTERNAL_ERROR}\n`, 'stderr')
  connection.end({ reason: 'error', status: statusOfError(err) })
}
