import type { Identity, Peer } from './connection.ts'

/**
 * Authentication, as transports see it: the shell decides who may come in, a transport carries the
 * questions. Telnet asks in a dialogue on the screen, SSH by its protocol; both hold one `Login`
 * for each connection, which counts and orders the tries.
 */
export interface Authenticator {
  /**
   * `none`: no method is defined. `open`: the shell says that anybody may come in. `guarded`: at
   * least one method is defined.
   */
  readonly policy: 'none' | 'open' | 'guarded'
  /**
   * The methods that are defined, in the order in which they are tried: name first, password last.
   */
  readonly methods: readonly AuthMethod[]
  /** Methods that must all succeed; absent: any one is enough. */
  readonly required?: readonly AuthMethod[]
  /**
   * Keys that may come in by themselves. A transport that carries keys reads them, and says in
   * `credentials.grant` which of them matched.
   */
  readonly keys?: KeyPolicy
  /**
   * What is shown before the login, by the shell; by the transport where it has a login of its own,
   * once for each connection. It may hold styles. Empty or absent: nothing.
   */
  readonly banner?: string
  /** Milliseconds that a peer has to log in, over all tries. */
  readonly loginTimeout: number
  /**
   * Returns the identity that a transport or its listener has made, with its account. Throws an
   * `AnswerbackError` (`OPTION`) where the shell's `auth.key` does not tell it. Absent: accounts
   * are known by their names.
   */
  identify?(identity: Identity): Identity
  /**
   * A fresh count of tries for a new connection. When `gone` fires, the peer is: no try waits for
   * it any longer, nor is looked at.
   */
  login(peer: Peer, gone?: AbortSignal): Login
}

/** A method of authentication. */
export type AuthMethod = 'name' | 'publicKey' | 'keyboardInteractive' | 'password'

/** The login of one connection. */
export interface Login {
  /**
   * What may be tried now: all that are defined, less what `require` puts later or has done
   * already.
   */
  readonly methods: readonly AuthMethod[]
  /**
   * Tries one method. Never rejects: a method that throws refuses, and is logged. A refusal comes
   * no sooner than the floor of time, and says nothing of its reason. After too many refusals every
   * further one is `final`.
   */
  attempt(credentials: Credentials): Promise<LoginVerdict>
}

/**
 * Remembers failed logins, so that guessing gets slower wherever it comes from. The one in memory
 * is this process's own; one over a store makes machines share what they know. Neither method
 * rejects.
 */
export interface LoginTries {
  /** Counts a try, and answers how many milliseconds it has to wait before it is looked at. */
  attempt(name: string, peer: Peer): number | Promise<number>
  /** The last try has succeeded, and was no guess. */
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
  /** Rejects where the peer goes, gives up, or answers something else. */
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
   * Whether the peer's signature fits, which costs a computation: called once, and last, when all
   * else would let the key in. Absent: nothing was signed, and this is only the question whether
   * the key would do.
   */
  readonly proof?: () => boolean
  /** Returns what the proof has found to be wrong, in a few words. */
  readonly fault?: () => string | undefined
  /** The transport lets this key in under no circumstances, and says why, in a few words. */
  readonly unfit?: string
  /**
   * What in `Authenticator.keys` lets this key in. Absent where nothing there does, or nothing is
   * there.
   */
  readonly grant?: KeyGrant
}

/** Keys that are let in by declaration, not by a callback. */
export interface KeyPolicy {
  /**
   * Lines in OpenSSH's `authorized_keys` form: paths of files, read again when they change, or the
   * text itself.
   */
  readonly authorizedKeys?: string | readonly string[]
  /** Public keys of those who sign user certificates, one a line: paths or text as above. */
  readonly userCAs?: string | readonly string[]
}

/** Why a key is let in by `KeyPolicy`. */
export type KeyGrant =
  | { readonly type: 'authorized-key'; readonly comment: string }
  /**
   * `key` of the credentials is then the key that is certified; `keyId` and `serial` are the
   * certificate's own.
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
  /** Right, and not enough: `require` asks for one of `methods` as well. */
  | { readonly type: 'partial'; readonly methods: readonly AuthMethod[] }
  /** `final`: no further try is allowed; the connection is to be closed. */
  | { readonly type: 'refused'; readonly methods: readonly AuthMethod[]; readonly final: boolean }
