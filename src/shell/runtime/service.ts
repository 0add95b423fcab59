import type { Connection } from '../../core/connection.ts'
import type { SessionServices } from '../../core/transport.ts'
import { ShellAuthenticator } from '../login/authenticator.ts'
import type { Callers } from '../session/callers.ts'
import type { ShellDescription } from '../run/description.ts'
import { Dispatcher } from '../run/dispatch.ts'
import { LONGEST_LOGIN_LINE } from '../login/dialogue.ts'
import type { ShellSettings } from '../settings/options.ts'
import { RateLimit } from './rate-limit.ts'

/** A shell as one server serves it: what all its sessions there share. */
export class Service {
  readonly shell: ShellDescription
  readonly tools: SessionServices
  readonly authenticator: ShellAuthenticator
  readonly dispatcher: Dispatcher
  /** The limits of connections that carry several sessions. */
  readonly #rateLimits: WeakMap<object, RateLimit> = new WeakMap()
  readonly callers: Callers
  /** The callers whose output is captured. */
  readonly captures: Callers
  /** For questions of the login. */
  readonly #loginSettings: ShellSettings

  /** `callers` are shared by all servers of the shell. */
  constructor(shell: ShellDescription, tools: SessionServices, callers: Callers) {
    this.shell = shell
    this.tools = tools
    this.authenticator = new ShellAuthenticator(shell.settings.auth, tools, shell.settings.banner)
    this.callers = callers
    this.captures = callers.fork()
    const { settings } = shell
    this.#loginSettings = { ...settings, maxInput: Math.min(settings.maxInput, LONGEST_LOGIN_LINE) }
    this.dispatcher = new Dispatcher(shell, tools.log)
  }

  /** Returns the settings for a question: of the login, or of a session that has begun. */
  settingsFor({ identity }: { readonly identity: object | undefined }): ShellSettings {
    const logsIn = identity === undefined && this.authenticator.policy === 'guarded'
    return logsIn ? this.#loginSettings : this.shell.settings
  }

  /**
   * Returns the rate limit of the inputs on a connection; `undefined` without one. Sessions on one
   * connection share it.
   */
  rateLimitOf({ carrier }: Connection): RateLimit | undefined {
    const { clock, limits } = this.tools
    if (limits === undefined) return undefined
    if (carrier === undefined) return new RateLimit(clock, limits.maxCommandsPerSecond)
    let limit = this.#rateLimits.get(carrier)
    if (limit === undefined)
      this.#rateLimits.set(carrier, (limit = new RateLimit(clock, limits.maxCommandsPerSecond, true)))
    return limit
  }
}
