import { getDiffieHellman } from 'node:crypto'
import { mpint } from './wire.ts'

/**
 * Returns whether a group's Diffie-Hellman exchange (RFC 8268) may take a public value, in bytes
 * from a peer (mpint). It must be 1 < e < p - 1, which excludes one more value at each end than RFC
 * 4253 §8. Other exchanges have no such values.
 *
 * Node checks only the resulting secret, and accepts a value above p.
 */
export function isPublicValue(value: Buffer, keyExchange: string): boolean {
  const group = /^diffie-hellman-group(\d+)-/.exec(keyExchange)?.[1]
  if (group === undefined) return true
  // With its first bit set, a value is negative.
  if ((value[0] ?? 0) >= 0x80) return false
  const number = mpint(value)
  return isLess(ONE, number) && isLess(number, greatestOf(group))
}

function isLess(one: Buffer, other: Buffer): boolean {
  return one.length === other.length ? one.compare(other) < 0 : one.length < other.length
}

const ONE = Buffer.of(1)
const GREATEST: Map<string, Buffer> = new Map()

/** Returns p - 1: primes of these groups end in 64 bits of 1. */
function greatestOf(group: string): Buffer {
  let greatest = GREATEST.get(group)
  if (greatest === undefined) {
    greatest = mpint(getDiffieHellman(`modp${group}`).getPrime())
    greatest[greatest.length - 1] = 0xfe
    GREATEST.set(group, greatest)
  }
  return greatest
}
