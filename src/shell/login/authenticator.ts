import type { Authenticator, AuthMethod, KeyPolicy, Login } from '../../core/authenticator.ts'
import type { Identity, Peer } from '../../core/connection.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import type { LoginServices } from '../../core/transport.ts'
import { identify } from './account.ts'
import type { AuthOptions } from './auth.ts'
import { declaresKeys, ShellLogin } from './attempts.ts'

/**
 * The order of the attempts: `name` needs nothing more, a password costs the most to type and to
 * check.
 */
const ORDER: readonly AuthMethod[] = ['name', 'publicKey', 'keyboardInteractive', 'password']

/** Makes the decisions of a shell's `auth` option for the transports. */
export class ShellAuthenticator implements Authenticator {
  readonly policy: 'none' | 'open' | 'guarded'
  readonly methods: readonly AuthMethod[]
  readonly keys: KeyPolicy
  readonly required?: readonly AuthMethod[]
  readonly loginTimeout: number
  readonly banner: string
  readonly #auth: AuthOptions
  readonly #tools: LoginServices

  constructor(auth: AuthOptions | 'open' | undefined, tools: LoginServices, banner = '') {
    this.banner = banner
    this.#auth = auth === undefined || auth === 'open' ? {} : auth
    this.#tools = tools
    this.keys = keysOf(this.#auth)
    if (this.#auth.require !== undefined) this.required = this.#auth.require
    this.loginTimeout = this.#auth.timeout ?? (tools.limits ?? SESSION_LIMITS).loginTimeout
    this.methods = ORDER.filter(
      method => this.#auth[method] !== undefined || (method === 'publicKey' && declaresKeys(this.#auth)),
    )
    this.policy = auth === 'open' ? 'open' : this.methods.length === 0 ? 'none' : 'guarded'
  }

  identify(identity: Identity): Identity {
    return identity.account === undefined ? identify(this.#auth, identity) : identity
  }

  login(peer: Peer, gone?: AbortSignal): Login {
    return new ShellLogin(this.#auth, this.methods, this.#tools, peer, gone)
  }
}

function keysOf({ authorizedKeys, userCAs }: AuthOptions): KeyPolicy {
  return { ...(authorizedKeys !== undefined && { authorizedKeys }), ...(userCAs !== undefined && { userCAs }) }
}
