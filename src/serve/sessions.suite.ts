import type { LogFields, Logger, LogLevel } from '../core/log.ts'
import type { TransportHost, Transport } from '../core/transport.ts'
import { serve } from '../serve.ts'
import type { Server, ServerOptions } from '../serve.ts'
import type { Shell } from '../shell/shell.ts'
import { ManualClock, settled } from '../testing/manual-clock.ts'
import { MemoryConnection } from '../testing/memory-connection.ts'
import type { MemoryConnectionOptions } from '../testing/memory-connection.ts'

/** A shell that is served without a network, on a clock that is turned by hand. */
export class House {
  readonly clock: ManualClock
  readonly server: Server<any>
  readonly log: LogLine[]
  readonly #host: TransportHost

  private constructor(server: Server<any>, host: TransportHost, clock: ManualClock, log: LogLine[]) {
    this.server = server
    this.#host = host
    this.clock = clock
    this.log = log
  }

  static async open(shell: Shell<any, any>, options: ServerOptions = {}): Promise<House> {
    const clock = new ManualClock()
    const log: LogLine[] = []
    let host: TransportHost | undefined
    const transport: Transport = {
      name: 'memory',
      async listen(given) {
        host = given
        return { address: { transport: 'memory' }, close: async () => {} }
      },
    }
    const server = await serve(shell, {
      listen: [transport],
      clock,
      scheduler: clock,
      log: loggerInto(log),
      ...options,
    })
    return new House(server, host as TransportHost, clock, log)
  }

  /**
   * Connects, from an address if one is given; returns the connection, or the reason for a refusal.
   */
  come(options: MemoryConnectionOptions = {}): MemoryConnection | string {
    const connection = new MemoryConnection(options)
    const admission = this.#host.admit(connection.facts.peer)
    if (admission.type === 'refused') return admission.sentence
    this.#host.open(connection, admission)
    return connection
  }

  /** Connects, and must be admitted. */
  guest(options: MemoryConnectionOptions = {}): MemoryConnection {
    const guest = this.come(options)
    if (typeof guest === 'string') throw new Error(guest)
    return guest
  }

  async seconds(count: number): Promise<void> {
    await this.clock.advance(count * 1000)
  }

  async type(guest: MemoryConnection, ...lines: string[]): Promise<void> {
    for (const line of lines) {
      guest.text(`${line}\r`)
      await settled()
    }
  }

  /** Returns what the log has of events of one kind. */
  logged(event: string): LogFields[] {
    return this.log.map(({ fields }) => fields).filter(fields => fields['event'] === event)
  }
}

export interface LogLine {
  readonly level: LogLevel
  readonly fields: LogFields
  readonly message: string
}

function loggerInto(log: LogLine[]): Logger {
  const line = (level: LogLevel) => (fields: LogFields, message: string) => void log.push({ level, fields, message })
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}
