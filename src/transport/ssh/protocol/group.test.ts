import { getDiffieHellman } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isPublicValue } from './group.ts'

const PRIME = BigInt(`0x${getDiffieHellman('modp16').getPrime('hex')}`)

/** Returns a number that is not negative in a peer's format. */
function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16)
  return Buffer.from(hex.padStart(hex.length + 2 + (hex.length % 2), '0'), 'hex')
}

function isTaken(value: Buffer, kex = 'diffie-hellman-group16-sha512'): boolean {
  return isPublicValue(value, kex)
}

describe('the public value of a Diffie-Hellman group', () => {
  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['0', bytesOf(0n)],
    ['zeros', Buffer.alloc(512)],
    ['1', bytesOf(1n)],
    ['1 behind zeros', Buffer.from('000001', 'hex')],
    ['p - 1', bytesOf(PRIME - 1n)],
    ['p', bytesOf(PRIME)],
    ['p + 1', bytesOf(PRIME + 1n)],
    ['30,000 bytes', Buffer.alloc(30_000, 0x55)],
    ['a negative number', Buffer.of(0x80, 0)],
  ])('%s is refused', (_, value) => {
    expect(isTaken(value)).toBe(false)
  })

  it.each<[string, Buffer]>([
    ['2', bytesOf(2n)],
    ['256', bytesOf(256n)],
    ['p - 2', bytesOf(PRIME - 2n)],
  ])('%s is taken', (_, value) => {
    expect(isTaken(value)).toBe(true)
  })

  it.each(['14-sha256', '15-sha512', '16-sha512', '17-sha512', '18-sha512'])(
    'of group %s ends where its prime does',
    name => {
      const prime = BigInt(`0x${getDiffieHellman(`modp${name.slice(0, 2)}`).getPrime('hex')}`)
      const kex = `diffie-hellman-group${name}`
      expect(isTaken(bytesOf(prime - 1n), kex)).toBe(false)
      expect(isTaken(bytesOf(prime - 2n), kex)).toBe(true)
    },
  )
})
