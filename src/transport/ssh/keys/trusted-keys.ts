import type { KeyGrant, KeyPolicy, PublicKey } from '../../../core/authenticator.ts'
import type { Logger } from '../../../core/log.ts'
import { matchesAddress } from './address-list.ts'
import type { AuthorizedKey } from './authorized-keys.ts'
import { CERTIFICATE_SUFFIX, isSignedBy, judgeCertificate, readCertificate } from './certificate.ts'
import { keySources, type KeySource } from './key-sources.ts'
import { readPublicKey, type SignerKey } from './public-key.ts'
import { bothOf, type Restrictions } from './restrictions.ts'

/** The owner of a key, as far as the key says, and the owner's permissions by the policy. */
export interface KeyCandidate {
  /** The key that must sign. */
  readonly signer: SignerKey
  readonly publicKey: PublicKey
  /** Absent if the policy does not mention this key. */
  readonly grant?: KeyGrant
  readonly restrictions: Restrictions
  /** Verifies that its authority has signed its certificate. Absent without a certificate. */
  readonly isCertified?: () => boolean
}

export interface KeyLogin {
  readonly name: string
  readonly address: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * The most bits of an authority's RSA key, and of an RSA key that no line lists. A made-up
 * certificate makes the server verify an authority's signature.
 */
export const MOST_BITS = 8192

/**
 * The keys that a shell's `authorizedKeys` and `userCAs` admit. Files are read at start, where a
 * fault throws `KEYS`, and again after a change. A later fault is logged, and that file then admits
 * no key.
 */
export class TrustedKeys {
  readonly #authorized: readonly KeySource[]
  readonly #authorities: readonly KeySource[]
  readonly #log: Logger

  constructor(policy: KeyPolicy | undefined, log: Logger) {
    this.#log = log
    this.#authorized = keySources(policy?.authorizedKeys, log)
    this.#authorities = keySources(policy?.userCAs, log, MOST_BITS)
  }

  /**
   * Returns the candidate for a key offered in `algorithm`; a string is the reason for a refusal.
   * It verifies nothing: the candidate does the costly part.
   */
  find(algorithm: string, blob: Uint8Array, login: KeyLogin): KeyCandidate | string {
    return algorithm.endsWith(CERTIFICATE_SUFFIX) ? this.#certified(blob, login) : this.#plain(blob, login)
  }

  #certified(blob: Uint8Array, login: KeyLogin): KeyCandidate | string {
    const certificate = readCertificate(blob)
    if (typeof certificate === 'string') return certificate
    const line = this.#line(this.#authorities, certificate.authority, login)
    const authority = line && readPublicKey(line.blob)
    if (line === undefined || authority === undefined) return 'its authority is not trusted'
    const own = judgeCertificate(certificate, login)
    const restrictions = typeof own === 'string' ? own : bothOf(line.restrictions, own)
    if (typeof restrictions === 'string') return restrictions
    const { key, keyId, serial, principals } = certificate
    const grant: KeyGrant = { type: 'certificate', keyId, serial, principals }
    const isCertified = (): boolean => isSignedBy(authority, certificate)
    return { signer: key, publicKey: publicKeyOf(key, keyId), grant, restrictions, isCertified }
  }

  #plain(blob: Uint8Array, login: KeyLogin): KeyCandidate | string {
    const line = this.#line(this.#authorized, blob, login)
    // If keys are declared, a callback must not admit a key that none of the lines admits now: it
    // would lose their restrictions.
    if (line === undefined && this.#authorized.length > 0) return 'no line of the authorized keys lets it in'
    const signer = readPublicKey(blob)
    if (signer === undefined) return 'it is no key of a kind that is known'
    if (line === undefined && signer.bits > MOST_BITS) return `it has more than ${MOST_BITS} bits, and no line lists it`
    if (line === undefined) return { signer, publicKey: publicKeyOf(signer), restrictions: { pty: true } }
    const { comment, restrictions } = line
    return { signer, publicKey: publicKeyOf(signer, comment), grant: { type: 'authorized-key', comment }, restrictions }
  }

  #line(sources: readonly KeySource[], blob: Uint8Array, login: KeyLogin): AuthorizedKey | undefined {
    return sources
      .flatMap(source => source.keys(this.#log))
      .find(line => Buffer.compare(line.blob, blob) === 0 && holds(line.restrictions, login))
  }
}

function holds({ from, expires }: Restrictions, { address, now }: KeyLogin): boolean {
  if (expires !== undefined && now >= expires) return false
  return from === undefined || from.every(list => matchesAddress(list, address ?? ''))
}

function publicKeyOf({ algorithm, fingerprint, blob }: SignerKey, comment = ''): PublicKey {
  return comment === '' ? { algorithm, fingerprint, blob } : { algorithm, fingerprint, blob, comment }
}
