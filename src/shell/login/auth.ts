import type { AuthMethod, Challenge, PublicKey } from '../../core/authenticator.ts'
import type { Peer } from '../../core/connection.ts'

/**
 * The ways to log in, for every transport:
 * `createShell({ auth: { password: async (name, password) => users.check(name, password) } })`.
 * Each method returns an identity, which becomes `session.user`; `true` means `{ name }`; `null`,
 * `false` or nothing refuses. A method that throws refuses, and the error is logged. All defined
 * methods are tried: `name` first, `password` last.
 */
export interface AuthOptions {
  /** Logs in by the name alone. A name that it accepts needs nothing else. */
  name?: (name: string, peer: Peer) => unknown
  /**
   * Logs in by a public key whose signature has been verified (SSH). It is never called for a
   * client's query whether a key would do. With `authorizedKeys` or `userCAs` it is called only for
   * keys that they let in, and returns the identity.
   */
  publicKey?: (name: string, key: PublicKey, peer: Peer) => unknown
  /**
   * Keys that are let in, as in OpenSSH's `authorized_keys`: the text itself, a file, or several of
   * either. A changed file is read again. A line with an unsupported option is refused and logged.
   * The identity is `{ name }`, unless `publicKey` returns another. A key may log in under any
   * name: the account is then that of the key (see `key`).
   */
  authorizedKeys?: string | readonly string[]
  /**
   * Authorities whose OpenSSH user certificates let in the names that they certify: public keys, as
   * above. The options of their lines restrict the certificates too.
   */
  userCAs?: string | readonly string[]
  /**
   * Logs in by questions of the application's own: one-time codes, challenges. `ask` shows them and
   * returns the answers, in order.
   */
  keyboardInteractive?: (name: string, ask: Ask, peer: Peer) => unknown
  /** Logs in by name and password. */
  password?: (name: string, password: string, peer: Peer) => unknown
  /**
   * Methods that must all succeed, in this order, each once:
   * `['publicKey', 'keyboardInteractive']`. The last method returns the identity.
   * @default any one is enough
   */
  require?: readonly AuthMethod[]
  /**
   * Returns the key of a user's account: `key: user => user.login`. Histories are stored under it,
   * and it is `session.account`; `session.name` stays as typed. It must be unique, so never a
   * display name: two users who share one would read each other's input. A login for which it
   * returns no text, or throws, is refused.
   * @default the name given at login; the key's fingerprint if only an authorized key logs in,
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
 * Shows questions to the user who is logging in. A string is one question, whose answer is hidden.
 */
export type Ask = (challenge: Challenge | string) => Promise<readonly string[]>

type Refused = false | null | undefined | void
type IdentityOf<R> =
  Exclude<Awaited<R>, Refused> extends infer I ? (I extends true ? { readonly name: string } : I) : never
type Answered<A> = {
  [K in keyof A & AuthMethod]: A[K] extends (...given: any[]) => infer R ? IdentityOf<R> : never
}[keyof A & AuthMethod]

type NamedUser = { readonly name: string }
/** Declared keys give only a name, unless `publicKey` returns more. */
type Declared<A> = 'publicKey' extends keyof A
  ? never
  : keyof A & ('authorizedKeys' | 'userCAs') extends never
    ? never
    : NamedUser

/**
 * The type of `session.user`: the union of what the methods of `auth` return; `undefined` without a
 * login.
 */
export type UserOf<A> = [A] extends [AuthOptions] ? Answered<A> | Declared<A> : undefined

/**
 * The same option for a shell that declares its users' type: what the methods return must fit it.
 */
export type AuthOptionsFor<User> = Omit<AuthOptions, AuthMethod | 'key'> & { key?: (user: User) => string } & {
  [M in keyof AuthOptions & AuthMethod]?: (
    ...given: Parameters<NonNullable<AuthOptions[M]>>
  ) => Accepted<User> | Promise<Accepted<User>>
}
type Accepted<User> = User | Refused | ({ readonly name: string } extends User ? true : never)
