import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHostKeys, type HostKey } from '../keys/host-key.ts'
import { SigningKey } from './signing-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-keys-'))

const KEYS: Readonly<Record<string, HostKey>> = {
  ed25519: join(folder, 'ed25519'),
  nistp256: ecdsa('P-256'),
  nistp384: ecdsa('P-384'),
  nistp521: ecdsa('P-521'),
  rsa: {
    key: generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
  },
}

function ecdsa(namedCurve: string): HostKey {
  return { key: generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'sec1', format: 'pem' }) }
}

describe('a host key that signs', () => {
  it.each([
    ['ed25519', undefined],
    ['nistp256', undefined],
    ['nistp384', undefined],
    ['nistp521', undefined],
    ['rsa', 'sha256'],
    ['rsa', 'sha512'],
  ] as const)('signs as its owner would: %s %s', (name, hash) => {
    const [key] = readHostKeys(KEYS[name]!)
    const signer = new SigningKey(key!)
    const data = Buffer.from('what was exchanged')
    const signature = signer.sign(data, hash)
    expect(signer.type).toBe(key!.type)
    expect(signer.getPublicSSH()).toEqual(key!.getPublicSSH())
    expect(key!.verify(data, signature, hash)).toBe(true)
    expect(key!.verify(Buffer.from('something else'), signature, hash)).toBe(false)
  })
})
