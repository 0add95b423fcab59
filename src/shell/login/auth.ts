import type { AuthMethod, Challenge, PublicKey } from '../../core/authenticator.ts'
import type { Peer } from '../../core/connection.ts'

/**
 * Who may come in, for every transport: `createShell({ auth: { password: async (name, password) =>
 * users.check(name, password) } })`. Each method returns an identity, which becomes `session.user`;
 * `true` for `{ name }`; `null`, `false` or nothing to refuse. One that throws refuses, and is
 * logged. All methods that are defined are tried: `name` first, `password` last.
 */
export interface AuthOptions {
  /** By the name alone. Whom it accepts is asked for nothing else. */
  name?: (name: string, peer: Peer) => unknown
  /**
   * By a public key whose signature has been verified (SSH). A client's question whether a key
   * would do is never asked of it. Beside `authorizedKeys` or `userCAs` it is called only for keys
   * that they let in, and makes the identity.
   */
  publicKey?: (name: string, key: PublicKey, peer: Peer) => unknown
  /**
   * Keys that may come in, as OpenSSH's `authorized_keys` lists them: a file, which is read again
   * when it changes, the text itself, or several of either. A line with an option that cannot be
   * honoured is refused, and logged. The identity is `{ name }`, unless `publicKey` makes another.
   * A key lets in under any name: the account is then that of the key (see `key`).
   */
  authorizedKeys?: string | readonly string[]
  /**
   * Authorities whose OpenSSH user certificates let in the names that they certify: public keys, as
   * above. Options of their lines restrict the certificates too.
   */
  userCAs?: string | readonly string[]
  /**
   * By questions of one's own: one-time codes, challenges. `ask` shows them and gives the answers,
   * in order.
   */
  keyboardInteractive?: (name: string, ask: Ask, peer: Peer) => unknown
  /** By name and password. */
  password?: (name: string, password: string, peer: Peer) => unknown
  /**
   * Methods that must all succeed, in this order, each once: `['publicKey',
   * 'keyboardInteractive']`. The last one's answer is the identity.
   * @default any one is enough
   */
  require?: readonly AuthMethod[]
  /**
   * Returns what a user's account is known by: `key: user => user.login`. Histories go by it, and
   * it is `session.account`; `session.name` stays what was typed. It has to be unique: never a name
   * that is only shown, because two people who share one would read what the other has typed. A
   * login for which it returns no text, or throws, is refused.
   * @default the name given at login; the key's fingerprint where an authorized key alone lets in,
   * since such a key proves no name
   */
  key?: (user: any) => string
  /**
   * Milliseconds that a peer has to log in, over all tries; 1000 at least.
   * @default 120,000, or what `limits.loginTimeout` of `serve` says
   */
  timeout?: number
  /**
   * Wrong tries before the connection is closed.
   * @default 3, or what `limits.maxLoginTries` of `serve` says
   */
  maxTries?: number
}

/**
 * Shows questions to the user who is logging in. A string is one question, whose answer is not
 * shown.
 */
export type Ask = (challenge: Challenge | string) => Promise<readonly string[]>

type Refused = false | null | undefined | void
type IdentityOf<R> =
  Exclude<Awaited<R>, Refused> extends infer I ? (I extends true ? { readonly name: string } : I) : never
type Answered<A> = {
  [K in keyof A & AuthMethod]: A[K] extends (...given: any[]) => infer R ? IdentityOf<R> : never
}[keyof A & AuthMethod]

type NamedUser = { readonly name: string }
/** Keys that are declared are named, where no `publicKey` makes more of them. */
type Declared<A> = 'publicKey' extends keyof A
  ? never
  : keyof A & ('authorizedKeys' | 'userCAs') extends never
    ? never
    : NamedUser

/**
 * The type of `session.user`: what the methods of `auth` answer, all together; `undefined` where
 * nobody is asked.
 */
export type UserOf<A> = [A] extends [AuthOptions] ? Answered<A> | Declared<A> : undefined

/**
 * The same option, for a shell that says itself what its users are: what the methods answer must
 * fit.
 */
export type AuthOptionsFor<User> = Omit<AuthOptions, AuthMethod | 'key'> & { key?: (user: User) => string } & {
  [M in keyof AuthOptions & AuthMethod]?: (
    ...given: Parameters<NonNullable<AuthOptions[M]>>
  ) => Accepted<User> | Promise<Accepted<User>>
}
type Accepted<User> = User | Refused | ({ readonly name: string } extends User ? true : never)
