import { BlockList, isIP } from 'node:net'

/** What the line of a key, or a certificate, allows to whoever logs in by it. */
export interface Restrictions {
  /** Patterns of addresses, as `from=` has them; absent: from anywhere. Each list must match. */
  readonly from?: readonly string[]
  /** Runs in place of what is asked for. */
  readonly command?: string
  /** Milliseconds since 1970 from which on the key is no longer let in. */
  readonly expires?: number
  /** A terminal may be had. */
  readonly pty: boolean
}

/**
 * Whether an address matches a pattern list (`man ssh_config`, PATTERNS; `man sshd`, `from=`): `192.0.2.0/24`, `2001:db8::/32`,
 * `192.0.2.?`, `*`, and `!` before what must not match. Names of hosts never match: no name is asked of the DNS.
 */
export function matchesAddress(list: string, address: string): boolean {
  let matched = false
  for (const item of list.split(',').map(text => text.trim())) {
    const negated = item.startsWith('!')
    if (!matchesOne(negated ? item.slice(1) : item, address)) continue
    if (negated) return false
    matched = true
  }
  return matched
}

/**
 * The same for `source-address` of a certificate: addresses and ranges alone. A list of more than `MOST_RANGES` matches nobody:
 * it is looked at before its authority's signature, and may be a stranger's.
 */
export function matchesRanges(list: string, address: string): boolean {
  const ranges = list.split(',', MOST_RANGES + 1)
  return ranges.length <= MOST_RANGES && ranges.some(range => inRange(range.trim(), address))
}

export const MOST_RANGES = 64

/** An IPv4 address that came in through an IPv6 socket, as people write it. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function matchesOne(pattern: string, address: string): boolean {
  if (pattern.includes('/') || isIP(pattern) !== 0) return inRange(pattern, address)
  if (!/[*?]/.test(pattern)) return false
  const expression = pattern.replaceAll(/[^*?]/g, literal).replaceAll(/\*+/g, '.*').replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'iu').test(address)
}

function literal(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}

function inRange(range: string, address: string): boolean {
  const [network = '', bits] = range.split('/')
  const family = isIP(network)
  if (family === 0 || isIP(address) !== family) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const length = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits)
  if (!/^\d{1,3}$/.test(bits ?? '0') || length > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(network, length, type)
  return list.check(address, type)
}
