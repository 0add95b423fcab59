import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Authenticator, Credentials, LoginVerdict } from '../../core/authenticator.ts'
import type { Connection, ConnectionEvent } from '../../core/connection.ts'
import type { LogFields, Logger } from '../../core/log.ts'
import { Deadlines } from '../../core/time/deadlines.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import type { TransportHost, Listening } from '../../core/transport.ts'
import { AdmissionControl, REFUSALS } from '../../guard/admission.ts'
import { chooseLimits, type ServerLimits } from '../../guard/limits.ts'
import { ssh, type SshOptions } from './ssh.ts'
import { SCHEDULER } from '../../platform/scheduler.ts'
import { SYSTEM_CLOCK } from '../../platform/system-clock.ts'

/** One host key for all tests: generating one takes longer than most of them. */
export const HOST_KEY: string = join(mkdtempSync(join(tmpdir(), 'answerback-ssh-')), 'host_key')

/** A connection and all its received events. */
export class Received {
  readonly connection: Connection
  readonly events: ConnectionEvent[] = []
  text = ''
  #waiting: (() => void)[] = []

  constructor(connection: Connection) {
    this.connection = connection
  }

  start(): this {
    this.connection.start({
      text: text => {
        this.text += text
        this.wake()
      },
      event: event => {
        this.events.push(event)
        this.wake()
      },
    })
    return this
  }

  get closed(): string | undefined {
    return this.events.map(event => (event.type === 'closed' ? event.reason : undefined)).find(Boolean)
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

/** An SSH listener on a free port of loopback, with its connections and its log. */
export class TestServer {
  readonly opened: Received[] = []
  readonly log: { level: string; message: string; fields: LogFields }[] = []
  readonly #listening: Listening
  readonly #waiting: (() => void)[]
  readonly #admission: AdmissionControl

  private constructor(listening: Listening, parts: Parts) {
    this.#listening = listening
    this.#waiting = parts.waiting
    this.opened = parts.opened
    this.log = parts.log
    this.#admission = parts.admission
  }

  static async start(setup: ServerSetup = {}): Promise<TestServer> {
    const admission = admissionBy(setup.limits ?? { maxConnectsPerSecond: Infinity })
    const parts: Parts = { opened: [], log: [], waiting: [], admission }
    const clock = setup.clock ?? SYSTEM_CLOCK
    const host: TransportHost = {
      authenticator: setup.authenticator ?? OPEN,
      clock,
      scheduler: setup.scheduler ?? SCHEDULER,
      log: loggerInto(parts),
      limitedLog: loggerInto(parts),
      deadlines: new Deadlines(clock),
      admit: admitting(parts.admission),
      open(connection) {
        const received = new Received(connection)
        parts.opened.push(received)
        ;(setup.program ?? (() => received.start()))(received)
        wake(parts)
      },
    }
    const options = { hostKey: HOST_KEY, keepAliveInterval: false as const, ...setup.options }
    return new TestServer(await ssh({ port: 0, ...options }).listen(host), parts)
  }

  get port(): number {
    return this.#listening.address.port ?? 0
  }

  /** The number of admitted connections. */
  get guests(): number {
    return this.#admission.size
  }

  /** Waits until a condition holds, checked at each opened connection and each log line. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  async connection(index: number = 0): Promise<Received> {
    await this.until(() => this.opened[index] !== undefined)
    const received = this.opened[index]
    if (received === undefined) throw new Error('no connection')
    return received
  }

  /** The reasons in the log: above debug, and why keys are refused. */
  get reasons(): string[] {
    const told = this.log.filter(({ level, message }) => level !== 'debug' || message === 'an SSH login goes wrong')
    return told.map(({ fields }) => String(fields['reason'] ?? ''))
  }

  close(): Promise<void> {
    return this.#listening.close()
  }
}

export interface ServerSetup {
  readonly authenticator?: Authenticator
  readonly clock?: TransportHost['clock']
  readonly scheduler?: TransportHost['scheduler']
  readonly options?: Partial<SshOptions<any>>
  readonly limits?: ServerLimits
  /** Runs on a new connection. Default: it is started. */
  readonly program?: (received: Received) => void
}

interface Parts {
  readonly opened: Received[]
  readonly log: TestServer['log']
  readonly waiting: (() => void)[]
  readonly admission: AdmissionControl
}

/** Counts admissions, by these limits. */
function admissionBy(limits: ServerLimits): AdmissionControl {
  const everywhere = { allowed: () => true, exempt: () => false }
  return new AdmissionControl(
    chooseLimits(limits, () => false),
    everywhere,
    () => 0,
  )
}

/** Admits connections by the limits. */
export function admitting(
  admission: AdmissionControl = admissionBy({ maxConnectsPerSecond: Infinity }),
): TransportHost['admit'] {
  return ({ address }) => {
    const place = admission.admit(address)
    return typeof place === 'string' ? { type: 'refused', sentence: REFUSALS[place] } : place
  }
}

/** Admits any client. */
export const OPEN: Authenticator = {
  policy: 'open',
  methods: [],
  loginTimeout: SESSION_LIMITS.loginTimeout,
  login: () => ({ methods: [], attempt: async () => ({ type: 'refused', methods: [], final: false }) }),
}

/**
 * Returns an authenticator that notes its questions, and answers by a function: an identity, or
 * not. It refuses unfit and forged keys.
 */
export function guarded(
  methods: Authenticator['methods'],
  decide: (credentials: Credentials) => unknown,
  more: Partial<Authenticator> = {},
): Authenticator & { readonly asked: Credentials[] } {
  const asked: Credentials[] = []
  const login = {
    methods,
    attempt: async (credentials: Credentials): Promise<LoginVerdict> => {
      if (credentials.method === 'publicKey' && credentials.unfit !== undefined)
        return { type: 'refused', methods, final: false }
      asked.push(credentials)
      const forged = credentials.method === 'publicKey' && credentials.proof?.() === false
      const user = !forged && (await decide(credentials))
      if (typeof user === 'object' && user !== null && 'type' in user) return user as LoginVerdict
      return user === false || user === undefined
        ? { type: 'refused', methods, final: false }
        : { type: 'accepted', identity: { name: credentials.name, user } }
    },
  }
  return { policy: 'guarded', methods, loginTimeout: SESSION_LIMITS.loginTimeout, login: () => login, asked, ...more }
}

function loggerInto(parts: Parts): Logger {
  const line = (level: string) => (fields: LogFields, message: string) => {
    parts.log.push({ level, message, fields })
    wake(parts)
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

function wake(parts: Parts): void {
  for (const resolve of parts.waiting.splice(0)) resolve()
}
