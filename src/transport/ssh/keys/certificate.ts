import { visible } from '../../../core/text/visible.ts'
import { areRanges, matchesRanges } from './address-list.ts'
import { readPublicKey, type SignerKey } from './public-key.ts'
import type { Restrictions } from './restrictions.ts'
import { WireReader, WireWriter } from '../protocol/wire.ts'

/**
 * OpenSSH's user certificates (PROTOCOL.certkeys): a key, and an authority's statement of who may
 * log in by it, when, and how. No restriction is ignored: an unknown critical option refuses the
 * certificate.
 */
export interface Certificate {
  /** The certified key, which must sign. */
  readonly key: SignerKey
  /** The authority's key in wire format, not yet known to be trusted. */
  readonly authority: Uint8Array
  readonly keyId: string
  readonly serial: bigint
  readonly type: number
  readonly principals: readonly string[]
  /** Seconds since 1970: valid from, and valid before. */
  readonly validAfter: bigint
  readonly validBefore: bigint
  readonly critical: ReadonlyMap<string, string>
  readonly extensions: ReadonlySet<string>
  /** The bytes under the authority's signature, and that signature. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

export const CERTIFICATE_SUFFIX = '-cert-v01@openssh.com'

/** The number of strings of the key itself, between nonce and serial number. */
const KEY_STRINGS: ReadonlyMap<string, readonly [algorithm: string, strings: number]> = new Map([
  ['ssh-ed25519-cert-v01@openssh.com', ['ssh-ed25519', 1]],
  ['ecdsa-sha2-nistp256-cert-v01@openssh.com', ['ecdsa-sha2-nistp256', 2]],
  ['ecdsa-sha2-nistp384-cert-v01@openssh.com', ['ecdsa-sha2-nistp384', 2]],
  ['ecdsa-sha2-nistp521-cert-v01@openssh.com', ['ecdsa-sha2-nistp521', 2]],
  ['ssh-rsa-cert-v01@openssh.com', ['ssh-rsa', 2]],
  ['sk-ssh-ed25519-cert-v01@openssh.com', ['sk-ssh-ed25519@openssh.com', 2]],
  ['sk-ecdsa-sha2-nistp256-cert-v01@openssh.com', ['sk-ecdsa-sha2-nistp256@openssh.com', 3]],
])

/**
 * Reads a certificate, or returns the reason why it cannot. It computes nothing, since an attacker
 * can send any number. `judgeCertificate` decides whom it admits, `isSignedBy` verifies its
 * authority's signature.
 */
export function readCertificate(blob: Uint8Array): Certificate | string {
  const reader = new WireReader(blob)
  const [algorithm, strings] = KEY_STRINGS.get(reader.text()) ?? ['', 0]
  if (algorithm === '') return 'it is no certificate of a kind that is known'
  reader.string()
  const plain = new WireWriter().string(algorithm)
  for (let i = 0; i < strings; i += 1) plain.string(reader.string())
  const fields = readFields(reader)
  const signed = blob.subarray(0, reader.position)
  const signature = reader.string()
  const key = readPublicKey(plain.bytes())
  if (!reader.complete || fields === undefined || key === undefined) return 'it is damaged'
  return { ...fields, key, signed, signature }
}

/** Returns whether this authority has signed it. Call it last: it is the costly part. */
export function isSignedBy(authority: SignerKey, { signature, signed }: Certificate): boolean {
  return authority.verify(signature, signed)
}

/**
 * Judges whether a certificate admits `name`, from `address`, at `now` (milliseconds since 1970).
 * Returns its restrictions, or the reason for a refusal. Its signature is not verified here, so a
 * refusal costs nothing. A certificate without principals admits no name, as under OpenSSH's
 * `TrustedUserCAKeys`.
 */
export function judgeCertificate(
  certificate: Certificate,
  login: { readonly name: string; readonly address: string | undefined; readonly now: number },
): Restrictions | string {
  const seconds = BigInt(Math.floor(login.now / 1000))
  if (certificate.type !== USER) return 'it is no user certificate'
  if (seconds < certificate.validAfter) return 'it is not valid yet'
  if (seconds >= certificate.validBefore) return 'it has expired'
  if (!certificate.principals.includes(login.name)) return 'it is for other names'
  const unknown = [...certificate.critical.keys()].find(option => !KNOWN_OPTIONS.has(option))
  if (unknown !== undefined) return `its critical option "${visible(unknown, 64)}" is not known here`
  const ranges = certificate.critical.get('source-address')
  if (ranges !== undefined && !areRanges(ranges)) return 'its list of addresses cannot be read'
  if (ranges !== undefined && !matchesRanges(ranges, login.address ?? '')) return 'it is for other addresses'
  const command = certificate.critical.get('force-command')
  return { pty: certificate.extensions.has('permit-pty'), ...(command === undefined ? {} : { command }) }
}

const USER = 1
const KNOWN_OPTIONS: ReadonlySet<string> = new Set(['source-address', 'force-command'])
const MOST_ENTRIES = 256

type Fields = Omit<Certificate, 'key' | 'signed' | 'signature'>

function readFields(reader: WireReader): Fields | undefined {
  const serial = reader.uint64()
  const type = reader.uint32()
  const keyId = reader.text()
  const principals = readList(reader.string())
  const validAfter = reader.uint64()
  const validBefore = reader.uint64()
  const critical = readOptions(reader.string())
  const extensions = readOptions(reader.string())
  reader.string()
  const authority = reader.string()
  if (!reader.ok || principals === undefined || critical === undefined || extensions === undefined) return undefined
  const names = new Set(extensions.keys())
  return { serial, type, keyId, principals, validAfter, validBefore, critical, extensions: names, authority }
}

function readList(bytes: Uint8Array): string[] | undefined {
  const list: string[] = []
  const reader = new WireReader(bytes)
  while (!reader.complete) {
    list.push(reader.text())
    if (!reader.ok || list.length > MOST_ENTRIES) return undefined
  }
  return list
}

/** Reads names with data. The data, if any, is a string within the string. */
function readOptions(bytes: Uint8Array): Map<string, string> | undefined {
  const options = new Map<string, string>()
  const reader = new WireReader(bytes)
  while (!reader.complete) {
    const name = reader.text()
    const data = new WireReader(reader.string())
    const value = data.complete ? '' : data.text()
    if (!reader.ok || !data.complete || options.has(name) || options.size > MOST_ENTRIES) return undefined
    options.set(name, value)
  }
  return options
}
