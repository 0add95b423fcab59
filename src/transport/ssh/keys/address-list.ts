import { isIP } from 'node:net'
import { visible } from '../../../core/text/visible.ts'
import { AddressRanges, isRange } from '../../../platform/address-ranges.ts'

/**
 * Lists of addresses as keys and certificates have them. An unreadable item is a fault of its line:
 * an invalid exclusion would exclude no address.
 */

/**
 * Returns whether an address matches a pattern list (`man ssh_config`, PATTERNS; `man sshd`,
 * `from=`): `192.0.2.0/24`, `2001:db8::/32`, `192.0.2.?`, `*`, and `!` before an exclusion. Names
 * of hosts never match: the DNS is not asked.
 */
export function matchesAddress(list: string, address: string): boolean {
  let matched = false
  for (const { negated, pattern } of itemsOf(list)) {
    if (!matchesOne(pattern, address)) continue
    if (negated) return false
    matched = true
  }
  return matched
}

/** The same for `source-address` of a certificate: addresses and ranges alone. */
export function matchesRanges(list: string, address: string): boolean {
  return new AddressRanges(
    list
      .split(',')
      .map(range => range.trim())
      .filter(isRange),
  ).has(address)
}

/** Returns the invalid item of such a list; `undefined` if all are valid. */
export function faultOfAddresses(list: string): string | undefined {
  for (const { negated, pattern } of itemsOf(list)) {
    const item = `"${visible(pattern, 64)}"`
    if (isRange(pattern) || isAddressPattern(pattern)) continue
    if (!isHostPattern(pattern)) return `${item} is no address, range or pattern`
    if (negated) return `${item} excludes nobody: give addresses, or a range`
  }
  return undefined
}

/**
 * Returns whether ranges can be read, and are not too many. It is called before the certificate's
 * signature is verified, so the list may be an attacker's, of any length.
 */
export function areRanges(list: string): boolean {
  const ranges = list.split(',', MOST_RANGES + 1)
  return ranges.length <= MOST_RANGES && ranges.every(range => isRange(range.trim()))
}

export const MOST_RANGES = 64

function itemsOf(list: string): { negated: boolean; pattern: string }[] {
  return list.split(',').map(item => {
    const text = item.trim()
    return text.startsWith('!') ? { negated: true, pattern: text.slice(1) } : { negated: false, pattern: text }
  })
}

/**
 * Returns whether a text is `*`, or an IPv4 address with `*` and `?` in it. IPv6 is excluded: an
 * address has several spellings, and an exclusion of one would miss the others.
 */
function isAddressPattern(text: string): boolean {
  const parts = text.split('.')
  if (!/[*?]/.test(text) || parts.length > 4 || (parts.length < 4 && !text.includes('*'))) return false
  return parts.every(
    part => /^[\d*?]*[*?][\d*?]*$/.test(part) || (/^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256),
  )
}

/**
 * Returns whether a text is a name, or a pattern of names or of IPv6 addresses. Digits alone are
 * meant as an address, and are not valid.
 */
function isHostPattern(text: string): boolean {
  return /^[\w.:*?-]+$/.test(text) && !/^[\d.]*$/.test(text)
}

function matchesOne(pattern: string, address: string): boolean {
  if (pattern.includes('/') || isIP(pattern) !== 0) return isRange(pattern) && new AddressRanges([pattern]).has(address)
  if (!/[*?]/.test(pattern)) return false
  const expression = pattern.replaceAll(/[^*?]/g, literal).replaceAll(/\*+/g, '.*').replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'iu').test(address)
}

function literal(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}
