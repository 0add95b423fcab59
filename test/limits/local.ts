import { PassThrough, Writable } from 'node:stream'
import type { TransportHost } from '../../src/core/transport.ts'
import { local } from '../../src/transport/local/local.ts'
import type { Caller, Way } from './way.ts'

const ALONE = 'one session, which this process begins itself'
const AS_LONG = 'whoever sits at the terminal of this process may take as long as they like'

export const LOCAL: Way = {
  name: 'local',
  without: {
    maxConnections: ALONE,
    maxConnectionsPerAddress: ALONE,
    maxConnectsPerSecond: ALONE,
    maxUnauthenticated: ALONE,
    maxUnauthenticatedPerAddress: ALONE,
    idleTimeout: AS_LONG,
    idleWarning: AS_LONG,
    sessionTimeout: AS_LONG,
  },
  open() {
    let gate: TransportHost | undefined
    return {
      transport: {
        name: 'local',
        async listen(given) {
          gate = given
          return { address: { transport: 'local' }, close: async () => {} }
        },
      },
      async come(): Promise<Caller> {
        const caller = new LocalCaller()
        if (gate !== undefined) await caller.sitsAt(gate)
        return caller
      },
    }
  },
}

/**
 * Somebody at a terminal, which takes the place of this process's own while the session is opened.
 */
class LocalCaller implements Caller {
  seen = ''
  arrived = false
  closed = false
  readonly #keys = new PassThrough()
  #stalled = false
  #shown: (() => void)[] = []

  async sitsAt(gate: TransportHost): Promise<void> {
    const own = ['stdin', 'stdout'].map(name => [name, Object.getOwnPropertyDescriptor(process, name)] as const)
    Object.defineProperty(process, 'stdin', { value: this.#input(), configurable: true })
    Object.defineProperty(process, 'stdout', { value: this.#output(), configurable: true })
    const begun = local().listen(gate)
    for (const [name, descriptor] of own) if (descriptor) Object.defineProperty(process, name, descriptor)
    await begun
  }

  login(...given: readonly (string | undefined)[]): void {
    this.enter(...given.filter(each => each !== undefined))
  }

  enter(...lines: readonly string[]): void {
    this.#keys.write(lines.map(line => `${line}\r`).join(''))
  }

  stall(): void {
    this.#stalled = true
  }

  flow(): void {
    this.#stalled = false
    for (const shown of this.#shown.splice(0)) shown()
  }

  leave(): void {
    this.flow()
    this.#keys.end()
  }

  /** The terminal is raw as long as the session lasts. */
  #input(): object {
    const setRawMode = (raw: boolean): void => {
      this.closed ||= this.arrived && !raw
      this.arrived ||= raw
    }
    return Object.assign(this.#keys, { isTTY: true, setRawMode })
  }

  #output(): object {
    const write = (chunk: Buffer, _encoding: string, shown: () => void): void => {
      this.seen += chunk.toString()
      if (this.#stalled) this.#shown.push(shown)
      else shown()
    }
    return Object.assign(new Writable({ write }), { isTTY: true, columns: 80, rows: 24 })
  }
}
