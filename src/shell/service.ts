import type { Connection } from '../core/connection.ts'
import type { Tools } from '../core/transport.ts'
import { ShellAuthenticator } from './authenticator.ts'
import type { Callers } from './callers.ts'
import type { ShellDescription } from './description.ts'
import { Dispatcher } from './dispatch.ts'
import { Pace } from './pace.ts'

/** A shell as one server serves it: what all its sessions there share. */
export class Service {
  readonly shell: ShellDescription
  readonly tools: Tools
  readonly authenticator: ShellAuthenticator
  readonly dispatcher: Dispatcher
  /** Of connections that carry several sessions. */
  readonly #paces: WeakMap<object, Pace> = new WeakMap()
  readonly callers: Callers

  /** `callers`: of all who serve the shell. */
  constructor(shell: ShellDescription, tools: Tools, callers: Callers) {
    this.shell = shell
    this.tools = tools
    this.authenticator = new ShellAuthenticator(shell.settings.auth, tools, shell.settings.banner)
    this.callers = callers
    this.dispatcher = new Dispatcher(shell, tools.log)
  }

  /**
   * Returns what the inputs on a connection are held to; `undefined`: nothing. Sessions on one
   * connection get the same.
   */
  paceOf({ carrier }: Connection): Pace | undefined {
    const { clock, limits } = this.tools
    if (limits === undefined) return undefined
    if (carrier === undefined) return new Pace(clock, limits.commandsPerSecond)
    let pace = this.#paces.get(carrier)
    if (pace === undefined) this.#paces.set(carrier, (pace = new Pace(clock, limits.commandsPerSecond, true)))
    return pace
  }
}
