import type {
  AuthMethod,
  Authenticator,
  Challenge,
  Credentials,
  KeyPolicy,
  Login,
  PublicKeyCredentials,
  Verdict,
} from '../core/authenticator.ts'
import type { Identity, Peer } from '../core/connection.ts'
import type { Tools } from '../core/transport.ts'
import { harmless } from '../terminal/harmless.ts'
import type { Auth } from './auth.ts'

/** Milliseconds that the first refusal takes at least, whatever its reason; the second takes twice that, and so on. */
export const REFUSAL_FLOOR = 1000
export const DEFAULT_TRIES = 3
/** How long a peer has to log in, in seconds. */
export const LOGIN_GRACE = 120

/** In the order in which they are tried: `name` asks for nothing more, a password costs the most to type and to check. */
const ORDER: readonly AuthMethod[] = ['name', 'publicKey', 'keyboardInteractive', 'password']

/** The decisions of a shell's `auth` option, as transports ask for them. */
export class ShellAuthenticator implements Authenticator {
  readonly policy: 'none' | 'open' | 'guarded'
  readonly methods: readonly AuthMethod[]
  readonly keys: KeyPolicy
  readonly required?: readonly AuthMethod[]
  readonly grace: number
  readonly #auth: Auth
  readonly #tools: Tools

  constructor(auth: Auth | 'open' | undefined, tools: Tools) {
    this.#auth = auth === undefined || auth === 'open' ? {} : auth
    this.#tools = tools
    this.keys = keysOf(this.#auth)
    if (this.#auth.require !== undefined) this.required = this.#auth.require
    this.grace = (this.#auth.grace ?? tools.limits?.loginGrace ?? LOGIN_GRACE) * 1000
    this.methods = ORDER.filter(
      method => this.#auth[method] !== undefined || (method === 'publicKey' && declaresKeys(this.#auth)),
    )
    this.policy = auth === 'open' ? 'open' : this.methods.length === 0 ? 'none' : 'guarded'
  }

  login(peer: Peer, gone?: AbortSignal): Login {
    return new ShellLogin(this.#auth, this.methods, this.#tools, peer, gone)
  }
}

class ShellLogin implements Login {
  readonly #auth: Auth
  readonly #defined: readonly AuthMethod[]
  readonly #tools: Tools
  readonly #peer: Peer
  readonly #gone: AbortSignal | undefined
  readonly #done: AuthMethod[] = []
  /** What has been proved so far was proved for this name; another one begins anew. */
  #name: string | undefined
  #refusals = 0

  constructor(auth: Auth, defined: readonly AuthMethod[], tools: Tools, peer: Peer, gone: AbortSignal | undefined) {
    this.#auth = auth
    this.#defined = defined
    this.#tools = tools
    this.#peer = peer
    this.#gone = gone
  }

  get methods(): readonly AuthMethod[] {
    const required = this.#auth.require
    if (required === undefined) return this.#defined
    const next = required[this.#done.length]
    return next === undefined ? [] : [next]
  }

  async attempt(credentials: Credentials): Promise<Verdict> {
    if (this.#refusals >= this.#tries) return this.#refused()
    if (this.#name !== credentials.name) this.#startOver(credentials.name)
    if (!this.methods.includes(credentials.method) || !isPlain(credentials.name))
      return this.#refuse(credentials, this.#tools.clock.now())
    await this.#wait(credentials)
    if (this.#gone?.aborted) return this.#refused()
    const begun = this.#tools.clock.now()
    const answer = await this.#ask(credentials)
    if (answer === false || answer === null || answer === undefined) return this.#refuse(credentials, begun)
    return this.#accept(credentials, answer === true ? { name: credentials.name } : answer)
  }

  get #tries(): number {
    return this.#auth.tries ?? this.#tools.limits?.loginTries ?? DEFAULT_TRIES
  }

  /** Where many have failed before, for this name or from this address. */
  async #wait(credentials: Credentials): Promise<void> {
    if (this.#isFree(credentials)) return
    const ms = (await this.#tools.tries?.attempt(credentials.name, this.#peer)) ?? 0
    await this.#sleep(ms)
  }

  /** Unless the peer goes first: who comes and goes leaves no timer behind. */
  #sleep(ms: number): Promise<void> | undefined {
    if (ms <= 0 || this.#gone?.aborted) return undefined
    return new Promise(resolve => {
      const leave = (): void => {
        cancel()
        resolve()
      }
      const cancel = this.#tools.clock.after(ms, () => {
        this.#gone?.removeEventListener('abort', leave)
        resolve()
      })
      this.#gone?.addEventListener('abort', leave, { once: true })
    })
  }

  #startOver(name: string): void {
    this.#name = name
    this.#done.length = 0
  }

  /** The method's answer; a method that throws has refused. */
  async #ask(credentials: Credentials): Promise<unknown> {
    const { name } = credentials
    try {
      switch (credentials.method) {
        case 'name':
          return await this.#auth.name?.(name, this.#peer)
        case 'publicKey':
          return await this.#askKey(credentials)
        case 'password':
          return await this.#auth.password?.(name, credentials.password, this.#peer)
        case 'keyboardInteractive':
          return await this.#auth.keyboardInteractive?.(
            name,
            question => credentials.ask(challengeOf(question)),
            this.#peer,
          )
      }
    } catch (err) {
      this.#tools.log.warn(
        { err, method: credentials.method, peer: this.#peer },
        'an authentication method has thrown, and so refused',
      )
      return null
    }
  }

  /** Where keys are declared, only those come further; one whose signature does not fit, never. */
  #askKey({ name, key, grant, forged }: PublicKeyCredentials): unknown {
    const { publicKey } = this.#auth
    if (forged || (grant === undefined && declaresKeys(this.#auth))) return null
    return publicKey === undefined ? grant !== undefined : publicKey(name, key, this.#peer)
  }

  #accept(credentials: Credentials, user: unknown): Verdict {
    const proved = credentials.method !== 'name' || this.#done.some(method => method !== 'name')
    const identity: Identity = { name: credentials.name, user, ...(proved && { proved: true as const }) }
    // Whether a key would do is only a question: nothing is proved by it.
    if (credentials.method === 'publicKey' && !credentials.verified) return { type: 'accepted', identity }
    this.#done.push(credentials.method)
    const satisfied = this.#auth.require === undefined || this.#done.length >= this.#auth.require.length
    if (!satisfied) return { type: 'partial', methods: this.methods }
    if (!this.#isFree(credentials)) this.#tools.tries?.accepted(identity.name, this.#peer)
    const { name, method } = credentials
    this.#tools.observer?.report({ type: 'login', peer: this.#peer, name, method })
    return { type: 'accepted', identity }
  }

  /** One sentence's worth of knowledge: no. It takes the same time whatever the reason, and longer each time. */
  async #refuse(credentials: Credentials, begun: number): Promise<Verdict> {
    if (this.#isFree(credentials)) return this.#refused()
    this.#refusals += 1
    const { name, method } = credentials
    const final = this.#refusals >= this.#tries
    this.#tools.observer?.report({ type: 'login-failure', peer: this.#peer, name, method, final })
    const floor = REFUSAL_FLOOR * this.#refusals
    const left = begun + floor - this.#tools.clock.now()
    await this.#sleep(left)
    return this.#refused()
  }

  /** A name without more, and a key that is only asked about, are no guesses where another method is to follow. */
  #isFree(credentials: Credentials): boolean {
    if (credentials.method === 'name') return this.#defined.some(method => method !== 'name')
    return credentials.method === 'publicKey' && !credentials.verified && credentials.forged !== true
  }

  #refused(): Verdict {
    return { type: 'refused', methods: this.methods, final: this.#refusals >= this.#tries }
  }
}

function declaresKeys(auth: Auth): boolean {
  return auth.authorizedKeys !== undefined || auth.userCAs !== undefined
}

function keysOf({ authorizedKeys, userCAs }: Auth): KeyPolicy {
  return { ...(authorizedKeys !== undefined && { authorizedKeys }), ...(userCAs !== undefined && { userCAs }) }
}

function challengeOf(question: Challenge | string): Challenge {
  return typeof question === 'string' ? { prompts: [{ text: question, echo: false }] } : question
}

/** A name goes into logs, and onto other users' screens. */
function isPlain(name: string): boolean {
  return name.length <= LONGEST_NAME && harmless(name) === name && !name.includes('\n')
}
const LONGEST_NAME = 256
