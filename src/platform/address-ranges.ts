import { BlockList, isIP } from 'node:net'
import { plainAddress, plainRange } from '../core/address.ts'

/** Addresses and ranges: `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`. */
export class AddressRanges {
  readonly #list: BlockList = new BlockList()
  /**
   * The IPv4 ranges once more: a block list takes 4 µs for a lookup, which every connection would
   * pay.
   */
  readonly #plain: { readonly first: number; readonly last: number }[] = []
  readonly empty: boolean

  /** Throws a `RangeError` for an invalid range. */
  constructor(ranges: readonly string[]) {
    this.empty = ranges.length === 0
    for (const range of ranges) this.#add(range)
  }

  /** Returns whether an address is in a range, in any spelling; a path is in none. */
  has(address: string): boolean {
    if (this.empty) return false
    const plain = plainAddress(address).split('%')[0] as string
    const version = isIP(plain)
    if (version === 4) return this.#hasPlain(numberOf(plain))
    return version === 6 && this.#list.check(plain, 'ipv6')
  }

  #hasPlain(address: number): boolean {
    return this.#plain.some(({ first, last }) => first <= address && address <= last)
  }

  #add(text: string): void {
    const range = readRange(text)
    if (range === undefined) throw new RangeError(`${text} is no range of addresses`)
    const { address, version, length } = range
    this.#list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
    if (version === 4) this.#plain.push(boundsOf(numberOf(address), 2 ** (32 - length)))
  }
}

interface Range {
  readonly address: string
  readonly version: 4 | 6
  /** The bits that all its addresses share. */
  readonly length: number
}

/** Returns a range, or `undefined` if the text is none. */
function readRange(text: string): Range | undefined {
  const [address = '', prefix, ...rest] = plainRange(text).split('/')
  const version = isIP(address)
  if ((version !== 4 && version !== 6) || rest.length > 0) return undefined
  const bits = version === 4 ? 32 : 128
  if (prefix === undefined) return { address, version, length: bits }
  const length = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity
  return length <= bits ? { address, version, length } : undefined
}

function numberOf(ipv4: string): number {
  return ipv4.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

function boundsOf(address: number, size: number): { first: number; last: number } {
  const first = address - (address % size)
  return { first, last: first + size - 1 }
}

export function isRange(range: string): boolean {
  return readRange(range) !== undefined
}
