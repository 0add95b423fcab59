import type { AuthMethod, Challenge, Credentials, InteractiveCredentials } from '../../core/authenticator.ts'
import type { Login, PublicKeyCredentials, LoginVerdict } from '../../core/authenticator.ts'
import { waitFor } from '../../core/time/clock.ts'
import type { Identity, Peer } from '../../core/connection.ts'
import { sanitize } from '../../core/text/sanitize.ts'
import { SESSION_LIMITS } from '../../core/session-limits.ts'
import type { LoginServices } from '../../core/transport.ts'
import { Proofs } from './account.ts'
import type { AuthOptions } from './auth.ts'

/**
 * The least duration of the first refusal in milliseconds, whatever its reason; the second takes
 * twice that, and so on.
 */
export const REFUSAL_FLOOR = 1000
/** Refused keys of the peer before further ones count as tries: an agent offers all its keys. */
export const FREE_KEYS = 6
/** Queried names and keys before further ones count as tries. */
export const FREE_QUESTIONS = 64

/** The login attempts of one connection, in order, each by one method of `auth`. */
export class ShellLogin implements Login {
  readonly #auth: AuthOptions
  readonly #defined: readonly AuthMethod[]
  readonly #tools: LoginServices
  readonly #peer: Peer
  readonly #gone: AbortSignal | undefined
  /** For the last given name; another name starts over. */
  #proofs: Proofs = new Proofs()
  #refusals = 0
  #questions = 0
  #keysRefused = 0
  /** What the last question without an answer threw. */
  #unanswered: unknown

  constructor(
    auth: AuthOptions,
    defined: readonly AuthMethod[],
    tools: LoginServices,
    peer: Peer,
    gone: AbortSignal | undefined,
  ) {
    this.#auth = auth
    this.#defined = defined
    this.#tools = tools
    this.#peer = peer
    this.#gone = gone
  }

  get methods(): readonly AuthMethod[] {
    const required = this.#auth.require
    if (required === undefined) return this.#defined
    const next = required[this.#proofs.methods.length]
    return next === undefined ? [] : [next]
  }

  async attempt(credentials: Credentials): Promise<LoginVerdict> {
    if (this.#refusals >= this.#tries) return this.#refused()
    if (this.#proofs.name !== credentials.name) this.#proofs = new Proofs(credentials.name)
    if (isQuestion(credentials)) this.#questions += 1
    if (!this.methods.includes(credentials.method) || !isPlain(credentials.name))
      return this.#refuse(credentials, this.#tools.clock.now())
    if (credentials.method === 'publicKey') return this.#attemptKey(credentials)
    if (!this.#isFree(credentials)) await this.#wait(credentials)
    if (this.#gone?.aborted) return this.#refused()
    const begun = this.#tools.clock.now()
    const answer = await this.#ask(credentials)
    return isRefusal(answer) ? this.#refuse(credentials, begun) : this.#accept(credentials, answer, begun)
  }

  /**
   * Attempts a key. The cheap check comes first: if keys are declared, only those continue. A query
   * ends with that check. The callback receives only keys that the peer holds, never a key that
   * anyone could name.
   */
  async #attemptKey(credentials: PublicKeyCredentials): Promise<LoginVerdict> {
    const { name, grant, proof, unfit } = credentials
    if (unfit !== undefined || (grant === undefined && declaresKeys(this.#auth))) return this.#refuseFreely(credentials)
    if (proof === undefined) return { type: 'accepted', identity: { name, user: undefined } }
    const begun = this.#tools.clock.now()
    if (!proof()) {
      await this.#wait(credentials)
      return this.#refuse(credentials, begun)
    }
    if (this.#auth.publicKey === undefined) return this.#accept(credentials, true, begun, false)
    const answer = await this.#ask(credentials)
    if (!isRefusal(answer)) return this.#accept(credentials, answer, begun)
    this.#keysRefused += 1
    return this.#keysRefused <= FREE_KEYS ? this.#refuseFreely(credentials) : this.#refuse(credentials, begun)
  }

  get #tries(): number {
    return this.#auth.maxTries ?? (this.#tools.limits ?? SESSION_LIMITS).maxLoginTries
  }

  /** Waits if many attempts have failed before, for this name or from this address. */
  async #wait({ name }: Credentials): Promise<void> {
    const ms = (await this.#tools.tries?.attempt(name, this.#peer)) ?? 0
    await this.#sleep(ms)
  }

  /** Sleeps, unless the peer leaves first: a peer that leaves keeps no timer. */
  #sleep(ms: number): Promise<void> | undefined {
    // An application's own store may return anything.
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

  /** Returns the method's answer; a method that throws refuses. */
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
            question => this.#put(credentials, challengeOf(question)),
            this.#peer,
          )
      }
    } catch (err) {
      if (err === undefined || err !== this.#unanswered) this.#reportThrown(err, credentials)
      return null
    }
  }

  /**
   * Asks the peer. If the peer leaves, cancels or switches methods, the method throws this same
   * error, which is no fault of its own.
   */
  async #put({ ask }: InteractiveCredentials, challenge: Challenge): Promise<readonly string[]> {
    try {
      return await ask(challenge)
    } catch (err) {
      this.#unanswered = err
      throw err
    }
  }

  #reportThrown(err: unknown, { method }: Credentials): void {
    this.#tools.log.warn({ err, method, peer: this.#peer }, 'an authentication method has thrown, and so refused')
  }

  /** Accepts a proof. `answered`: by a method of the shell, not by a key list alone. */
  #accept(
    credentials: Credentials,
    answer: unknown,
    begun: number,
    answered = true,
  ): LoginVerdict | Promise<LoginVerdict> {
    const { name } = credentials
    this.#proofs.add(credentials, answered)
    // A key that the peer holds was no guess, and was not counted.
    if (credentials.method !== 'publicKey' && !this.#isFree(credentials)) this.#proofs.counted = true
    const required = this.#auth.require?.length ?? 0
    if (this.#proofs.methods.length < required) return { type: 'partial', methods: this.methods }
    const identity = this.#identify(name, answer === true ? { name } : answer)
    if (identity === undefined) return this.#refuse(credentials, begun)
    if (this.#proofs.counted) this.#tools.tries?.accepted(name, this.#peer)
    this.#tools.observer?.report({ type: 'login', ...this.#whoTried(credentials) })
    return { type: 'accepted', identity }
  }

  /** Returns the identity. An unknown account is refused: it could be another user's. */
  #identify(name: string, user: unknown): Identity | undefined {
    try {
      return this.#proofs.identity(this.#auth, name, user)
    } catch (err) {
      this.#tools.log.error({ err, peer: this.#peer }, 'auth.key has given no account, and so the login is refused')
      this.#proofs = new Proofs(name)
      return undefined
    }
  }

  /**
   * Refuses, and reveals nothing else. The time is the same for every reason, and longer with each
   * refusal.
   */
  async #refuse(credentials: Credentials, begun: number): Promise<LoginVerdict> {
    if (this.#isFree(credentials)) return this.#refused()
    this.#refusals += 1
    this.#reportFailure(credentials)
    const floor = REFUSAL_FLOOR * this.#refusals
    const left = begun + floor - this.#tools.clock.now()
    await this.#sleep(left)
    return this.#refused()
  }

  /**
   * Returns whether an attempt is free: a bare name or a key query is no guess if another method
   * follows, up to a number.
   */
  #isFree(credentials: Credentials): boolean {
    if (!isQuestion(credentials) || this.#questions > FREE_QUESTIONS) return false
    return credentials.method === 'publicKey' || this.#defined.some(method => method !== 'name')
  }

  /** Refuses without a try and without a delay: an agent offers all its keys. */
  #refuseFreely(credentials: Credentials): LoginVerdict {
    this.#reportFailure(credentials)
    return this.#refused()
  }

  #reportFailure(credentials: Credentials): void {
    const final = this.#refusals >= this.#tries
    const reason = credentials.method === 'publicKey' ? (credentials.unfit ?? credentials.fault?.()) : undefined
    const why = reason !== undefined && { reason }
    this.#tools.observer?.report({ type: 'login-failure', ...this.#whoTried(credentials), ...why, final })
  }

  #whoTried(credentials: Credentials): { peer: Peer; name: string; method: AuthMethod; fingerprint?: string } {
    const { name, method } = credentials
    const fingerprint = credentials.method === 'publicKey' ? credentials.key.fingerprint : ''
    return { peer: this.#peer, name, method, ...(fingerprint !== '' && { fingerprint }) }
  }

  #refused(): LoginVerdict {
    return { type: 'refused', methods: this.methods, final: this.#refusals >= this.#tries }
  }
}

export function declaresKeys(auth: AuthOptions): boolean {
  return auth.authorizedKeys !== undefined || auth.userCAs !== undefined
}

/** Returns whether the peer only queries what it would have to prove. */
function isQuestion(credentials: Credentials): boolean {
  return credentials.method === 'name' || (credentials.method === 'publicKey' && credentials.proof === undefined)
}

function isRefusal(answer: unknown): answer is false | null | undefined {
  return answer === false || answer === null || answer === undefined
}

/**
 * Returns the challenge. Throws for a value that an untyped program may have given: that is the
 * method's fault.
 */
function challengeOf(question: Challenge | string): Challenge {
  if (typeof question === 'string') return { prompts: [{ text: question, echo: false }] }
  if (question.prompts.every(({ text }) => typeof text === 'string')) return question
  throw new TypeError('a question is a text, or has prompts with a text each')
}

/** Returns whether a name is plain: it appears in logs and on other users' screens. */
function isPlain(name: string): boolean {
  return name.length <= LONGEST_NAME && sanitize(name) === name && !name.includes('\n')
}
const LONGEST_NAME = 256
