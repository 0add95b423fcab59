import type { LogFields, Logger } from '../../src/core/log.ts'
import type { LimitName } from '../../src/guard/limits.ts'
import { serve } from '../../src/serve.ts'
import type { Server, ServerOptions } from '../../src/serve.ts'
import type { Shell } from '../../src/shell/shell.ts'
import type { Transport } from '../../src/core/transport.ts'
import { ManualClock } from '../../src/testing/manual-clock.ts'

/** A way in, for the table of limits: one row for each transport. */
export interface Way {
  readonly name: string
  /** Limits that do not hold over it, and why. */
  readonly without?: Readonly<Partial<Record<LimitName, string>>>
  /** Begins to listen, and answers how one comes. */
  open(): Entrance
}

export interface Entrance {
  readonly transport: Transport<any>
  /** Somebody comes. `address`: where from, where the transport has addresses. */
  come(server: Server<unknown>, address?: string): Promise<Caller>
}

/** Somebody who has come, let in or not. */
export interface Caller {
  /** All that they were shown. */
  readonly seen: string
  readonly closed: boolean
  /** They have been let in, and asked who they are. */
  readonly arrived: boolean
  /** Gives a name and a password; neither where anybody may come in. */
  login(name?: string, password?: string): void
  enter(...lines: readonly string[]): void
  /** Reads no more. */
  stall(): void
  /** Reads again. */
  flow(): void
  leave(): void
}

/** A shell that is served in one way, on a clock that is turned by hand. */
export class Served {
  readonly clock: ManualClock = new ManualClock()
  readonly events: LogFields[] = []
  readonly #entrance: Entrance
  readonly #callers: Caller[] = []
  #server: Server<unknown> | undefined

  constructor(way: Way) {
    this.#entrance = way.open()
  }

  static async open(way: Way, shell: Shell<any, any>, options: ServerOptions = {}): Promise<Served> {
    const served = new Served(way)
    const note = (fields: LogFields): void => void served.events.push(fields)
    const log: Logger = { debug: () => {}, info: note, warn: note, error: note }
    const listen = [served.#entrance.transport]
    served.#server = await serve(shell, { listen, clock: served.clock, scheduler: served.clock, log, ...options })
    return served
  }

  get server(): Server<unknown> {
    if (this.#server === undefined) throw new Error('it is not served')
    return this.#server
  }

  async come(address?: string): Promise<Caller> {
    const caller = await this.#entrance.come(this.server, address)
    this.#callers.push(caller)
    return caller
  }

  /** Somebody comes, and is in. */
  async user(address?: string): Promise<Caller> {
    const before = this.events.filter(({ event }) => event === 'start').length
    const caller = await this.come(address)
    caller.login()
    await until(() => this.events.filter(({ event }) => event === 'start').length > before)
    return caller
  }

  /** Lets time pass, and then what is on its way arrive. */
  async seconds(count: number): Promise<void> {
    await this.clock.advance(count * 1000)
    await arrived()
  }

  /** Why sessions have ended, in order. */
  get ends(): unknown[] {
    return this.events.filter(({ event }) => event === 'end').map(({ reason }) => reason)
  }

  async close(): Promise<void> {
    for (const caller of this.#callers) caller.leave()
    await this.server.close({ timeout: 0, message: '' })
  }
}

/** Resolves when something is so; a test that waits in vain is ended by its time-out. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}

/**
 * What was sent on this machine has come: many turns of the event loop. For what must not have
 * happened.
 */
export async function arrived(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise(resolve => setImmediate(resolve))
}
