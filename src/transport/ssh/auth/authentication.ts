import type {
  AuthMethod,
  Authenticator,
  Challenge,
  Credentials,
  Login,
  PublicKey,
  LoginVerdict,
} from '../../../core/authenticator.ts'
import type { Identity, Peer } from '../../../core/connection.ts'
import { visible } from '../../../core/text/visible.ts'
import { DISCONNECT, MESSAGE } from '../protocol/codes.ts'
import { faultOfProof, offeredKey, readKeyRequest, signatureAlgorithm } from './key-request.ts'
import { abandoned, KeyboardInteractive } from './keyboard-interactive.ts'
import type { Restrictions } from '../keys/restrictions.ts'
import type { KeyCandidate, TrustedKeys } from '../keys/trusted-keys.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/**
 * User authentication (RFC 4252, RFC 4256): carries the questions of one `Login`. Requests are
 * answered one at a time, in order. The proof of a key, its signature over this session, is
 * verified here. Everything else is the login's decision.
 */
export class Authentication {
  readonly #host: AuthenticationHost
  readonly #peer: Peer
  readonly #policy: Authenticator['policy']
  readonly #login: Login
  readonly #keys: TrustedKeys
  readonly #everybody: Identity | undefined
  #who: string | undefined
  #waiting: Buffer[] = []
  #busy = false
  #requests = 0
  #done = false
  readonly #gone: AbortController = new AbortController()
  readonly #interactive: KeyboardInteractive
  /** Whether the peer has given up the attempt under way. */
  #superseded = false
  #restrictions = FREE

  /** `everybody` is the identity of every peer, if the listener sets one. */
  constructor(
    host: AuthenticationHost,
    peer: Peer,
    authenticator: Authenticator,
    keys: TrustedKeys,
    everybody: Identity | undefined,
  ) {
    this.#everybody = everybody
    this.#host = host
    this.#interactive = new KeyboardInteractive(payload => host.send(payload))
    this.#peer = peer
    this.#policy = authenticator.policy
    this.#login = authenticator.login(peer, this.#gone.signal)
    this.#keys = keys
  }

  /** Takes a USERAUTH_REQUEST. After a success it is ignored (RFC 4252 §5.1). */
  request(payload: Buffer): void {
    if (this.#done) return
    this.#requests += 1
    if (this.#requests > MOST_REQUESTS) return this.#giveUp('too many requests to log in')
    // A new request replaces open questions; those get no reply of their own (RFC 4252 §5).
    this.#superseded = this.#interactive.isOpen
    this.#interactive.abandon()
    if (this.#waiting.length >= MOST_WAITING) return this.#giveUp('requests to log in come before their answers')
    this.#waiting.push(payload)
    if (!this.#busy) this.#work().catch(() => this.#giveUp('the login itself has failed'))
  }

  /** Takes a USERAUTH_INFO_RESPONSE. */
  answers(payload: Buffer): void {
    if (!this.#done) this.#interactive.answers(payload)
  }

  /** Ends: the connection is closed. */
  close(): void {
    this.#done = true
    this.#gone.abort()
    this.#waiting = []
    this.#interactive.abandon()
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await this.#answer(next)
    this.#busy = false
  }

  async #answer(payload: Buffer): Promise<void> {
    const reader = new WireReader(payload, 1)
    const name = reader.text()
    const service = reader.text()
    const method = reader.text()
    if (!reader.ok || name.length > LONGEST_NAME_CHARS) return this.#giveUp('a malformed request to log in')
    if (service !== 'ssh-connection')
      return this.#giveUp('a login for another service', DISCONNECT.SERVICE_NOT_AVAILABLE)
    this.#who ??= name
    if (this.#who !== name) return this.#giveUp('another name in the middle of a login')
    await this.#try(method === 'none' ? this.#none(name) : this.#attempt(method, name, reader, payload))
  }

  /** Refuses a method that is not offered now before it reads the rest of the request. */
  #attempt(method: string, name: string, reader: WireReader, payload: Buffer): Attempt {
    switch (this.#login.methods.find(offered => SSH_NAMES[offered] === method)) {
      case 'publicKey':
        return this.#publicKey(name, reader, payload)
      case 'keyboardInteractive':
        return { credentials: { method: 'keyboardInteractive', name, ask: challenge => this.#ask(challenge) } }
      case 'password':
        return this.#password(name, reader)
      default:
        return {}
    }
  }

  /** `none` admits only if the name is enough, or without authentication. */
  #none(name: string): Attempt {
    if (this.#everybody !== undefined) return { identity: this.#everybody }
    if (this.#policy !== 'guarded') return { identity: { name, user: undefined } }
    return this.#login.methods.includes('name') ? { credentials: { method: 'name', name } } : {}
  }

  /** Refuses a request to change the password: there is no store for it. */
  #password(name: string, reader: WireReader): Attempt {
    const change = reader.boolean()
    const password = reader.text()
    return change || !reader.complete ? {} : { credentials: { method: 'password', name, password } }
  }

  #publicKey(name: string, reader: WireReader, payload: Buffer): Attempt {
    const request = readKeyRequest(reader, payload)
    if (request === undefined) return {}
    const { algorithm, blob, signature } = request
    const candidate = this.#keys.find(algorithm, blob, { name, address: this.#peer.address, now: this.#host.wall() })
    if (typeof candidate === 'string') return this.#unfit(candidate, name, offeredKey(request))
    const made = signatureAlgorithm(request, candidate)
    if (made === undefined)
      return this.#unfit(`it cannot sign as ${visible(algorithm, LONGEST_QUOTED_CHARS)}`, name, candidate.publicKey)
    const credentials = { method: 'publicKey', name, key: candidate.publicKey, ...grantOf(candidate) } as const
    if (signature === undefined) return { credentials, query: { algorithm, blob } }
    let fault: string | undefined
    const proof = memoized(() => this.#isSound((fault = faultOfProof(request, candidate, made, this.#host.sessionId))))
    const proved = { ...credentials, proof, fault: () => fault }
    return { credentials: proved, proof, restrictions: candidate.restrictions }
  }

  /** Reports an unfit key to the login, which refuses it as well. */
  #unfit(unfit: string, name: string, key: PublicKey): Attempt {
    this.#host.note(`a key is refused: ${unfit}`)
    return { credentials: { method: 'publicKey', name, key, unfit }, unfit: true }
  }

  #isSound(fault: string | undefined): boolean {
    if (fault !== undefined) this.#host.note(`a key is refused: ${fault}`)
    return fault === undefined
  }

  async #try(attempt: Attempt): Promise<void> {
    if (this.#done) return
    if (attempt.identity !== undefined) return this.#succeed(attempt.identity)
    const { credentials, query, proof, unfit } = attempt
    if (credentials === undefined) return this.#fail(this.#login.methods)
    const verdict = await this.#login.attempt(credentials)
    if (this.#done || this.#isSuperseded(verdict)) return
    if (verdict.type !== 'refused' && query !== undefined) return this.#wouldDo(query)
    // Regardless of the login's decision, a key that is unfit, or has not signed, admits no client.
    if (verdict.type !== 'refused' && (unfit || proof?.() === false)) return this.#fail(this.#login.methods)
    if (verdict.type !== 'refused') this.#restrict(attempt.restrictions)
    this.#conclude(verdict)
  }

  #isSuperseded(verdict: LoginVerdict): boolean {
    const superseded = this.#superseded && !(verdict.type === 'refused' && verdict.final)
    this.#superseded = false
    return superseded
  }

  /** A key that was one of several steps restricts the session, too. */
  #restrict(restrictions: Restrictions = FREE): void {
    this.#restrictions = { ...this.#restrictions, ...restrictions, pty: this.#restrictions.pty && restrictions.pty }
  }

  #conclude(verdict: LoginVerdict): void {
    if (verdict.type === 'accepted') return this.#succeed(verdict.identity)
    this.#fail(verdict.methods, verdict.type === 'partial')
    if (verdict.type === 'refused' && verdict.final) {
      this.#giveUp('too many wrong tries to log in', DISCONNECT.NO_MORE_AUTH_METHODS_AVAILABLE)
    }
  }

  #succeed(identity: Identity): void {
    this.#done = true
    this.#waiting = []
    this.#host.send(new WireWriter().byte(MESSAGE.USERAUTH_SUCCESS).bytes())
    this.#host.accepted(identity, this.#restrictions)
  }

  #fail(methods: readonly AuthMethod[], partial = false): void {
    const names = methods.map(method => SSH_NAMES[method]).filter(name => name !== '')
    this.#host.send(new WireWriter().byte(MESSAGE.USERAUTH_FAILURE).names(names).boolean(partial).bytes())
  }

  #wouldDo({ algorithm, blob }: Query): void {
    this.#host.send(new WireWriter().byte(MESSAGE.USERAUTH_PK_OK).string(algorithm).string(blob).bytes())
  }

  #giveUp(reason: string, code: number = DISCONNECT.PROTOCOL_ERROR): void {
    this.close()
    this.#host.giveUp(code, reason)
  }

  #ask(challenge: Challenge): Promise<readonly string[]> {
    if (this.#done || this.#waiting.length > 0) return Promise.reject(abandoned())
    return this.#interactive.ask(challenge)
  }
}

export interface AuthenticationHost {
  send(payload: Uint8Array): void
  readonly sessionId: Uint8Array
  /** Milliseconds since 1970. */
  wall(): number
  accepted(identity: Identity, restrictions: Restrictions): void
  /** Closes the connection: the peer has used up its attempts. */
  giveUp(code: number, reason: string): void
  /** Logs for debugging; the login reports its failures by itself. */
  note(reason: string): void
}

/** The result of a request: credentials to try, an identity that needs none, or (empty) nothing. */
interface Attempt {
  readonly credentials?: Credentials
  readonly identity?: Identity
  readonly query?: Query
  readonly restrictions?: Restrictions
  /** The key admits no client. */
  readonly unfit?: true
  /** Whether the peer holds the key. */
  readonly proof?: () => boolean
}

interface Query {
  readonly algorithm: string
  readonly blob: Uint8Array
}

/** A name alone needs no method of its own: `none` carries it. */
const SSH_NAMES: Readonly<Record<AuthMethod, string>> = {
  name: '',
  publicKey: 'publickey',
  keyboardInteractive: 'keyboard-interactive',
  password: 'password',
}

const FREE: Restrictions = { pty: true }

/** Requests of every kind, including questions about keys: an agent may hold many. */
const MOST_REQUESTS = 64
const MOST_WAITING = 8
const LONGEST_NAME_CHARS = 256
/** The longest text of a peer in a log sentence. */
const LONGEST_QUOTED_CHARS = 64

function grantOf({ grant }: KeyCandidate): { grant?: NonNullable<KeyCandidate['grant']> } {
  return grant === undefined ? {} : { grant }
}

/** Returns a function that computes its result once. */
function memoized(compute: () => boolean): () => boolean {
  let answer: boolean | undefined
  return () => (answer ??= compute())
}
