import { getDiffieHellman } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkPublicValue } from './group.ts'
import type { KeyExchange } from './ssh2.ts'

const PRIME = BigInt(`0x${getDiffieHellman('modp16').getPrime('hex')}`)

/** As a peer writes a number that is not negative. */
function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16)
  return Buffer.from(hex.padStart(hex.length + 2 + (hex.length % 2), '0'), 'hex')
}

/** What an exchange answers that would take anything. */
function answerTo(value: Buffer, kex = 'diffie-hellman-group16-sha512'): Buffer | Error {
  const exchange = { negotiated: { kex }, computeSecret: () => Buffer.from('secret') } as unknown as KeyExchange
  checkPublicValue(exchange)
  return exchange.computeSecret(value)
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
    expect(answerTo(value)).toEqual(new Error('a public value out of range'))
  })

  it.each<[string, Buffer]>([
    ['2', bytesOf(2n)],
    ['256', bytesOf(256n)],
    ['p - 2', bytesOf(PRIME - 2n)],
  ])('%s is taken', (_, value) => {
    expect(answerTo(value)).toEqual(Buffer.from('secret'))
  })

  it.each(['14-sha256', '15-sha512', '16-sha512', '17-sha512', '18-sha512'])(
    'of group %s ends where its prime does',
    name => {
      const prime = BigInt(`0x${getDiffieHellman(`modp${name.slice(0, 2)}`).getPrime('hex')}`)
      const kex = `diffie-hellman-group${name}`
      expect(answerTo(bytesOf(prime - 1n), kex)).toBeInstanceOf(Error)
      expect(answerTo(bytesOf(prime - 2n), kex)).toBeInstanceOf(Buffer)
    },
  )
})
