/**
 * Returns an address in its one plain spelling. An IPv4 address is dotted, even if written as IPv6
 * (`::ffff:192.0.2.1`); an IPv6 address is as in RFC 5952. Any other text, such as the path of a
 * socket, stays. Code that compares, counts or shows addresses needs no other spelling.
 */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address
  const [text = '', ...zone] = address.split('%')
  const groups = groupsOf(text)
  if (groups === undefined) return address
  return isMapped(groups) ? dotted(groups) : [shortest(groups), ...zone].join('%')
}

/**
 * Returns a range of addresses in its plain spelling: `::ffff:192.0.2.0/120` is `192.0.2.0/24`. An
 * invalid range stays.
 */
export function plainRange(range: string): string {
  const [address = '', bits, ...more] = range.split('/')
  const plain = plainAddress(address)
  if (bits === undefined || more.length > 0) return more.length > 0 ? range : plain
  if (!address.includes(':') || plain.includes(':')) return `${plain}/${bits}`
  return /^\d{1,3}$/.test(bits) && Number(bits) >= MAPPED_BITS ? `${plain}/${Number(bits) - MAPPED_BITS}` : range
}

/** The bits before the IPv4 address in an IPv6 address that holds one. */
const MAPPED_BITS = 96

/** Returns the eight groups of an IPv6 address without its zone; `undefined` for anything else. */
export function groupsOf(address: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = address.split('::')
  const before = readGroups(head)
  const after = readGroups(tail ?? '')
  if (before === undefined || after === undefined || more.length > 0) return undefined
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

/** Reads groups between colons; the last two may be an IPv4 address. */
function readGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':').flatMap(part => (part.includes('.') ? ipv4Groups(part) : hexGroup(part)))
  return groups.some(Number.isNaN) ? undefined : groups
}

function hexGroup(text: string): number {
  return /^[\da-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN
}

function ipv4Groups(text: string): number[] {
  const bytes = text.split('.').map(part => (/^\d{1,3}$/.test(part) && Number(part) < 256 ? Number(part) : Number.NaN))
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN, ...more] = bytes
  return more.length > 0 ? [Number.NaN] : [a * 256 + b, c * 256 + d]
}

/** Returns whether the groups are IPv4 written as IPv6 (RFC 4291 §2.5.5.2). */
function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every(group => group === 0)
}

function dotted(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap(group => [group >> 8, group & 255])
    .join('.')
}

/**
 * Returns the shortest spelling by RFC 5952 §4: the first of the longest runs of zeros is left out,
 * if it is longer than one.
 */
function shortest(groups: readonly number[]): string {
  const { from, length } = longestZeros(groups)
  const hex = groups.map(group => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`
}

function longestZeros(groups: readonly number[]): { readonly from: number; readonly length: number } {
  let best = { from: 0, length: 0 }
  for (let from = 0, length = 0; from < groups.length; from += Math.max(1, length)) {
    length = runOfZeros(groups, from)
    if (length > best.length) best = { from, length }
  }
  return best
}

function runOfZeros(groups: readonly number[], from: number): number {
  const end = groups.findIndex((group, at) => at >= from && group !== 0)
  return (end < 0 ? groups.length : end) - from
}
