import { AnswerbackError } from '../../../core/options/errors.ts'
import { checkOptions, listOf } from '../../../core/options/options.ts'
import type { OptionTable } from '../../../core/options/options.ts'
import { HYBRID } from './hybrid.ts'
import { SigningKey } from './signing-key.ts'
import type { HostSigner, KexInitLists, ParsedKey } from './ssh2/package.ts'

/**
 * The algorithms that a client may negotiate, best first. Each given list replaces the default; a
 * name that is not in `KNOWN` is refused at start. Others are omitted on purpose: SHA-1, CBC, RC4,
 * encrypt-and-MAC, compression before login.
 */
export interface SshAlgorithms {
  /** Key exchange methods, the preferred one first. */
  readonly keyExchange?: readonly string[]
  /** Ciphers, the preferred one first. */
  readonly cipher?: readonly string[]
  /** For ciphers that do not authenticate by themselves. */
  readonly mac?: readonly string[]
}

export const DEFAULT_ALGORITHMS: Required<SshAlgorithms> = {
  // The peer chooses the cost. So the only group is the cheapest strong one, for peers without a
  // curve.
  keyExchange: [HYBRID, 'curve25519-sha256', 'curve25519-sha256@libssh.org', 'diffie-hellman-group16-sha512'],
  cipher: ['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr'],
  mac: ['hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256-etm@openssh.com'],
}

/**
 * The valid names: the defaults, unbroken ones that older clients need, and more expensive ones.
 */
export const KNOWN: Readonly<Record<keyof SshAlgorithms, readonly string[]>> = {
  keyExchange: [
    ...DEFAULT_ALGORITHMS.keyExchange,
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group14-sha256',
  ],
  cipher: [...DEFAULT_ALGORITHMS.cipher, 'aes192-ctr', 'aes128-ctr'],
  mac: [...DEFAULT_ALGORITHMS.mac, 'hmac-sha2-512', 'hmac-sha2-256'],
}

/** Fills in the defaults; throws `OPTION` for an unknown name, and for an empty list. */
export function chooseAlgorithms(given: SshAlgorithms = {}): Required<SshAlgorithms> {
  checkOptions('algorithms', LISTS, given, 'algorithms.')
  const lists = Object.entries(given).filter(([, list]) => list !== undefined)
  for (const [name, list] of lists) checkList(name as keyof SshAlgorithms, list)
  return { ...DEFAULT_ALGORITHMS, ...Object.fromEntries(lists) }
}

/** The rest of the lists without unavailable algorithms, and the names of these. */
export interface Available {
  readonly algorithms: Required<SshAlgorithms>
  readonly missing: readonly string[]
}

/**
 * Leaves out what the runtime lacks: a client would choose it, and the connection would fail.
 * Throws `OPTION` for a list of which nothing is left.
 */
export function chooseAvailable(chosen: Required<SshAlgorithms>, has: (name: string) => boolean): Available {
  const missing: string[] = []
  const left = (option: keyof SshAlgorithms): readonly string[] => {
    const list = chosen[option]
    missing.push(...list.filter(name => !has(name)))
    const rest = list.filter(has)
    if (rest.length > 0) return rest
    const way = 'this runtime has none of them; leave the option out for what it has'
    throw new AnswerbackError('OPTION', { option: `algorithms.${option}`, value: list.join(', '), way })
  }
  const algorithms = { keyExchange: left('keyExchange'), cipher: left('cipher'), mac: left('mac') }
  return { algorithms, missing }
}

/**
 * Returns the lists of our KEXINIT (RFC 4253 §7.1), with strict key exchange, which closes the
 * Terrapin attack.
 */
export function offerOf(chosen: Required<SshAlgorithms>, hostKeys: readonly ParsedKey[]): KexInitLists {
  const direction = { cipher: chosen.cipher, mac: chosen.mac, compress: ['none'], lang: [] }
  return {
    kex: [...chosen.keyExchange, 'kex-strict-s-v00@openssh.com'],
    serverHostKey: hostKeys.flatMap(key => signaturesOf(key.type)),
    cs: direction,
    sc: direction,
  }
}

/** Returns the host keys by signature name: ssh2 finds one by the negotiated name. */
export function bySignature(hostKeys: readonly ParsedKey[]): Readonly<Record<string, HostSigner>> {
  const signers = hostKeys.map(key => new SigningKey(key))
  return Object.fromEntries(signers.flatMap(signer => signaturesOf(signer.type).map(name => [name, signer])))
}

function signaturesOf(keyType: string): readonly string[] {
  return keyType === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [keyType]
}

const aList = listOf('names of algorithms')
const LISTS: OptionTable<SshAlgorithms> = { keyExchange: aList, cipher: aList, mac: aList }

function checkList(name: keyof SshAlgorithms, list: readonly string[]): void {
  const known = KNOWN[name]
  const way = `choose among ${known.join(', ')}`
  const wrong = list.length === 0 ? 'an empty list' : list.find(item => !known.includes(item))
  if (wrong !== undefined) throw new AnswerbackError('OPTION', { option: `algorithms.${name}`, value: wrong, way })
}
