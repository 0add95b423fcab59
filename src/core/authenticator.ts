import type { Identity, Peer } from './connection.ts'

/**
 * Authentication, as transports see it: the shell decides, a transport carries the questions.
 * Telnet asks in a dialogue on the screen, SSH by its protocol. Both hold one `Login` for each
 * connection, which counts and orders the tries.
 */
export interface Authenticator {
  /**
   * `none`: no method is defined. `open`: the shell admits every user. `guarded`: at least one
   * method is defined.
   */
  readonly policy: 'none' | 'open' | 'guarded'
  /** The defined methods, in the order in which they are tried: name first, password last. */
  readonly methods: readonly AuthMethod[]
  /** Methods that must all succeed. If absent, any one is enough. */
  readonly required?: readonly AuthMethod[]
  /**
   * Keys that may log in by themselves. A transport that carries keys reads them, and names the
   * matching one in `credentials.grant`.
   */
  readonly keys?: KeyPolicy
  /**
   * Shown before the login: by the shell, or once for each connection by a transport with a login
   * of its own. It may hold styles. Empty or absent shows nothing.
   */
  readonly banner?: string
  /** The milliseconds that a peer has to log in, over all tries. */
  readonly loginTimeout: number
  /**
   * Returns the identity that a transport or its listener has made, with its account. Throws an
   * `AnswerbackError` (`OPTION`) if the shell's `auth.key` returns none. If absent, accounts are
   * known by their names.
   */
  identify?(identity: Identity): Identity
  /**
   * Returns a new count of tries for a connection. `gone` fires when the peer has left: no further
   * try waits or is checked.
   */
  login(peer: Peer, gone?: AbortSignal): Login
}

/** A method of authentication. */
export type AuthMethod = 'name' | 'publicKey' | 'keyboardInteractive' | 'password'

/** The login of one connection. */
export interface Login {
  /**
   * What may be tried now: all defined methods, except those that `require` puts later or has
   * already seen.
   */
  readonly methods: readonly AuthMethod[]
  /**
   * Tries one method. Never rejects: a method that throws refuses, and is logged. A refusal comes
   * no sooner than the floor of time, and reveals no reason. After too many refusals every further
   * one is `final`.
   */
  attempt(credentials: Credentials): Promise<LoginVerdict>
}

/**
 * Remembers failed logins, so that guessing gets slower wherever it comes from. The default is this
 * process's memory; one over a store lets machines share it. Neither method rejects.
 */
export interface LoginTries {
  /** Counts a try, and returns how many milliseconds it must wait before its check. */
  attempt(name: string, peer: Peer): number | Promise<number>
  /** Records that the last try has succeeded, and was no guess. */
  accepted(name: string, peer: Peer): void
}

/** What a peer offers to be let in by. */
export type Credentials =
  | { readonly method: 'name'; readonly name: string }
  | { readonly method: 'password'; readonly name: string; readonly password: string }
  | PublicKeyCredentials
  | InteractiveCredentials

/** An attempt by questions (keyboard-interactive). */
export interface InteractiveCredentials {
  /** The method. */
  readonly method: 'keyboardInteractive'
  /** The name that was given. */
  readonly name: string
  /** Asks the peer. Rejects if the peer leaves, cancels, or sends something else. */
  readonly ask: (challenge: Challenge) => Promise<readonly string[]>
}

/** An attempt by a public key. */
export interface PublicKeyCredentials {
  /** The method. */
  readonly method: 'publicKey'
  /** The name that was given. */
  readonly name: string
  /** The key that was offered. */
  readonly key: PublicKey
  /**
   * Returns whether the peer's signature fits. It costs a computation, so it is called once, and
   * last, when all else would let the key in. Absent if nothing was signed: the peer only queries
   * whether the key would do.
   */
  readonly proof?: () => boolean
  /** Returns in a few words what the proof has found to be wrong. */
  readonly fault?: () => string | undefined
  /** Why the transport never lets this key in, in a few words. */
  readonly unfit?: string
  /** What in `Authenticator.keys` lets this key in; absent if nothing does. */
  readonly grant?: KeyGrant
}

/** Keys that are let in by declaration, not by a callback. */
export interface KeyPolicy {
  /**
   * Lines in OpenSSH's `authorized_keys` form: paths of files, read again when they change, or the
   * text itself.
   */
  readonly authorizedKeys?: string | readonly string[]
  /** Public keys that sign user certificates, one a line: paths or text as above. */
  readonly userCAs?: string | readonly string[]
}

/** Why `KeyPolicy` lets a key in. */
export type KeyGrant =
  | { readonly type: 'authorized-key'; readonly comment: string }
  /**
   * The certified key is then `key` of the credentials; `keyId` and `serial` are the certificate's
   * own.
   */
  | {
      readonly type: 'certificate'
      readonly keyId: string
      readonly serial: bigint
      readonly principals: readonly string[]
    }

/** A public key of a user. */
export interface PublicKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`, … */
  readonly algorithm: string
  /** As `ssh-keygen -l` shows it: `SHA256:` and base64 without padding. */
  readonly fingerprint: string
  /** The key as SSH carries it on the wire (RFC 4253 §6.6). */
  readonly blob: Uint8Array
  /** The comment of its line in `authorized_keys`. */
  readonly comment?: string
}

/** Questions of keyboard-interactive (RFC 4256): each prompt is answered by one string. */
export interface Challenge {
  /** Shown above the questions. */
  readonly title?: string
  /** Shown below the title. */
  readonly instructions?: string
  /** The questions; `echo` says whether the answer shows. */
  readonly prompts: readonly { readonly text: string; readonly echo: boolean }[]
}

/** The result of one attempt. */
export type LoginVerdict =
  | { readonly type: 'accepted'; readonly identity: Identity }
  /** Right, but not enough: `require` also needs one of `methods`. */
  | { readonly type: 'partial'; readonly methods: readonly AuthMethod[] }
  /** `final`: no further try is allowed; the connection is to be closed. */
  | { readonly type: 'refused'; readonly methods: readonly AuthMethod[]; readonly final: boolean }
