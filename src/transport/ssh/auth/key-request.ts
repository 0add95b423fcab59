import type { PublicKey } from '../../../core/authenticator.ts'
import { CERTIFICATE_SUFFIX, readCertificate } from '../keys/certificate.ts'
import { readPublicKey } from '../keys/public-key.ts'
import type { KeyCandidate } from '../keys/trusted-keys.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/**
 * A request to log in by a key (RFC 4252 §7): a question whether the key is acceptable, or the key
 * with its proof.
 */
export interface KeyRequest {
  readonly algorithm: string
  readonly blob: Uint8Array
  /**
   * The request up to its signature. The signature covers the session's identifier and these bytes.
   */
  readonly unsigned: Uint8Array
  readonly signature: Uint8Array | undefined
}

/** Reads what follows the method's name in `payload`; returns `undefined` if that is incomplete. */
export function readKeyRequest(reader: WireReader, payload: Uint8Array): KeyRequest | undefined {
  const signed = reader.boolean()
  const algorithm = reader.text()
  const blob = reader.string()
  const unsigned = payload.subarray(0, reader.position)
  const signature = signed ? reader.string() : undefined
  return reader.complete ? { algorithm, blob, unsigned, signature } : undefined
}

/** Returns the offered key, as far as it can be read. In a certificate it is the certified one. */
export function offeredKey({ algorithm, blob }: KeyRequest): PublicKey {
  const certificate = algorithm.endsWith(CERTIFICATE_SUFFIX) ? readCertificate(blob) : undefined
  const key = typeof certificate === 'object' ? certificate.key : readPublicKey(blob)
  return { algorithm: key?.algorithm ?? algorithm, fingerprint: key?.fingerprint ?? '', blob: key?.blob ?? blob }
}

/**
 * Returns the algorithm of the candidate's signature; `undefined` if the candidate cannot sign so.
 */
export function signatureAlgorithm({ algorithm }: KeyRequest, { signer }: KeyCandidate): string | undefined {
  const suffix = signer.algorithm.endsWith('@openssh.com') ? '@openssh.com' : ''
  const made = algorithm.replace(CERTIFICATE_SUFFIX, suffix)
  return signer.signs(made) ? made : undefined
}

/**
 * Returns what is wrong with the proof; `undefined` if the key is the peer's. The cheapest check
 * comes first. Without its authority's signature, the key's own signature is not verified.
 */
export function faultOfProof(
  request: KeyRequest,
  candidate: KeyCandidate,
  made: string,
  sessionId: Uint8Array,
): string | undefined {
  const { signature = new Uint8Array(), unsigned } = request
  if (new WireReader(signature).text() !== made) return WRONG
  if (candidate.isCertified?.() === false) return 'the signature of its authority is wrong'
  const data = new WireWriter().string(sessionId).raw(unsigned).bytes()
  return candidate.signer.verify(signature, data) ? undefined : WRONG
}

const WRONG = 'its signature is wrong'
