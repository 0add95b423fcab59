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
import { waitFor } from '../core/clock.ts'
import type { Identity, Peer } from '../core/connection.ts'
import type { Tools } from '../core/transport.ts'
import { sanitize } from '../core/sanitize.ts'
import type { Auth } from './auth.ts'

/**
 * Milliseconds that the first refusal takes at least, whatever its reason; the second takes twice
 * that, and so on.
 */
export const REFUSAL_FLOOR = 1000
export const DEFAULT_TRIES = 3
/**
 * Keys that are the peer's, and refused, before they count as tries: an agent offers all that it
 * has.
 */
export const FREE_KEYS = 6
/** Names and keys that are asked about, before more of them count as tries. */
export const FREE_QUESTIONS = 64
/** How long a peer has to log in, in seconds. */
export const LOGIN_GRACE = 120

/**
 * In the order in which they are tried: `name` asks for nothing more, a password costs the most to
 * type and to check.
 */
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
  /** Something in `#done` was counted as a try. */
  #counted = false
  #refusals = 0
  #questions = 0
  #keysRefused = 0

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
    if (isQuestion(credentials)) this.#questions += 1
    if (!this.methods.includes(credentials.method) || !isPlain(credentials.name))
      return this.#refuse(credentials, this.#tools.clock.now())
    if (credentials.method === 'publicKey') return this.#attemptKey(credentials)
    if (!this.#isFree(credentials)) await this.#wait(credentials)
    if (this.#gone?.aborted) return this.#refused()
    const begun = this.#tools.clock.now()
    const answer = await this.#ask(credentials)
    return isRefusal(answer) ? this.#refuse(credentials, begun) : this.#accept(credentials, answer)
  }

  /**
   * What is cheap comes first: where keys are declared, only those come further. A question is
   * answered by that alone. The callback is asked for keys that are the peer's, never for one that
   * anybody could have named.
   */
  async #attemptKey(credentials: PublicKeyCredentials): Promise<Verdict> {
    const { name, grant, proof } = credentials
    if (grant === undefined && declaresKeys(this.#auth)) return this.#refused()
    if (proof === undefined) return { type: 'accepted', identity: { name, user: undefined } }
    const begun = this.#tools.clock.now()
    if (!proof()) {
      await this.#wait(credentials)
      return this.#refuse(credentials, begun)
    }
    const answer = this.#auth.publicKey === undefined ? true : await this.#ask(credentials)
    if (!isRefusal(answer)) return this.#accept(credentials, answer)
    this.#keysRefused += 1
    return this.#keysRefused <= FREE_KEYS ? this.#refused() : this.#refuse(credentials, begun)
  }

  get #tries(): number {
    return this.#auth.tries ?? this.#tools.limits?.loginTries ?? DEFAULT_TRIES
  }

  /** Where many have failed before, for this name or from this address. */
  async #wait({ name }: Credentials): Promise<void> {
    const ms = (await this.#tools.tries?.attempt(name, this.#peer)) ?? 0
    await this.#sleep(ms)
  }

  /** Unless the peer goes first: who comes and goes leaves no timer behind. */
  #sleep(ms: number): Promise<void> | undefined {
    // A store of somebody else's may answer anything.
    if (!(ms > 0) || this.#gone?.aborted) return undefined
    return new Promise(resolve => {
      const leave = (): void => {
        cancel()
        resolve()
      }
      const cancel = waitFor(this.#tools.clock, ms, () => {
        this.#gone?.removeEventListener('abort', leave)
        resolve()
      })
      this.#gone?.addEventListener('abort', leave, { once: true })
    })
  }

  #startOver(name: string): void {
    this.#name = name
    this.#done.length = 0
    this.#counted = false
  }

  /** The method's answer; a method that throws has refused. */
  async #ask(credentials: Credentials): Promise<unknown> {
    const { name } = credentials
    try {
      switch (credentials.method) {
        case 'name':
          return await this.#auth.name?.(name, this.#peer)
        case 'publicKey':
          return await this.#auth.publicKey?.(name, credentials.key, this.#peer)
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

  #accept(credentials: Credentials, answer: unknown): Verdict {
    const user = answer === true ? { name: credentials.name } : answer
    const proved = credentials.method !== 'name' || this.#done.some(method => method !== 'name')
    const identity: Identity = { name: credentials.name, user, ...(proved && { proved: true as const }) }
    this.#done.push(credentials.method)
    // A key that is the peer's was no guess, and was not counted.
    if (credentials.method !== 'publicKey' && !this.#isFree(credentials)) this.#counted = true
    const satisfied = this.#auth.require === undefined || this.#done.length >= this.#auth.require.length
    if (!satisfied) return { type: 'partial', methods: this.methods }
    const { name, method } = credentials
    if (this.#counted) this.#tools.tries?.accepted(name, this.#peer)
    this.#tools.observer?.report({ type: 'login', peer: this.#peer, name, method })
    return { type: 'accepted', identity }
  }

  /**
   * One sentence's worth of knowledge: no. It takes the same time whatever the reason, and longer
   * each time.
   */
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

  /**
   * A name without more, and a key that is only asked about, are no guesses where another method is
   * to follow: up to a number.
   */
  #isFree(credentials: Credentials): boolean {
    if (!isQuestion(credentials) || this.#questions > FREE_QUESTIONS) return false
    return credentials.method === 'publicKey' || this.#defined.some(method => method !== 'name')
  }

  #refused(): Verdict {
    return { type: 'refused', methods: this.methods, final: this.#refusals >= this.#tries }
  }
}

/** What somebody asks before it is known what they have to prove. */
function isQuestion(credentials: Credentials): boolean {
  return credentials.method === 'name' || (credentials.method === 'publicKey' && credentials.proof === undefined)
}

function isRefusal(answer: unknown): answer is false | null | undefined {
  return answer === false || answer === null || answer === undefined
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
  return name.length <= LONGEST_NAME && sanitize(name) === name && !name.includes('\n')
}
const LONGEST_NAME = 256
