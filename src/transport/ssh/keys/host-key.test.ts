import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { peer } from '../../../../test/peers.ts'
import { hostKeyFingerprints, readHostKeys, type HostKey } from './host-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-host-key-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const program = peer('ssh-keygen') ?? ''

function keygen(...options: readonly string[]): string {
  return execFileSync(program, options, { encoding: 'utf8' }).trim()
}

function refusal(hostKey: HostKey | readonly HostKey[]): string {
  try {
    readHostKeys(hostKey)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('a host key that does not exist', () => {
  it('S16: is made, Ed25519 and mode 0600, and kept', () => {
    const [made] = readHostKeys(at('made'))
    const text = readFileSync(at('made'), 'utf8')
    expect(made?.type).toBe('ssh-ed25519')
    expect(statSync(at('made')).mode & 0o777).toBe(0o600)
    expect(readHostKeys(at('made'))[0]?.getPublicSSH()).toEqual(made?.getPublicSSH())
    expect(readFileSync(at('made'), 'utf8')).toBe(text)
  })

  it.each([
    ['ecdsa', 'ecdsa-sha2-nistp256'],
    ['rsa', 'ssh-rsa'],
  ] as const)('S16: is made of another kind where it is asked for: %s', (type, name) => {
    const keys = readHostKeys([{ file: at(type), type }, at('other')])
    expect(keys.map(key => key.type)).toEqual([name, 'ssh-ed25519'])
  })

  it('is an error where it cannot be made', () => {
    expect(refusal(at('no/such/folder/key'))).toContain('does not exist and cannot be made')
  })
})

describe.skipIf(program === '')('a host key that exists', () => {
  it('S16: is read in the forms that ssh-keygen and OpenSSL write, and from text', () => {
    keygen('-q', '-t', 'ecdsa', '-b', '384', '-N', '', '-f', at('openssh'))
    keygen('-q', '-t', 'rsa', '-b', '3072', '-m', 'PEM', '-N', '', '-f', at('pem'))
    const pem = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
    expect(readHostKeys([at('openssh'), at('pem')]).map(key => key.type)).toEqual(['ecdsa-sha2-nistp384', 'ssh-rsa'])
    expect(readHostKeys({ key: pem })[0]?.type).toBe('ssh-rsa')
  })

  it('S16: is opened by its passphrase, and by no other', () => {
    keygen('-q', '-t', 'ed25519', '-N', 'open sesame', '-f', at('locked'))
    expect(readHostKeys({ file: at('locked'), passphrase: 'open sesame' })[0]?.type).toBe('ssh-ed25519')
    expect(refusal({ file: at('locked'), passphrase: 'abracadabra' })).toContain('the passphrase does not open it')
    expect(refusal(at('locked'))).toContain('no passphrase is given')
  })

  it('S16: is an error where it is damaged, and stays as it is', () => {
    for (const text of ['', 'garbage', readFileSync(at('openssh'), 'utf8').slice(0, 200)]) {
      writeFileSync(at('damaged'), text, { mode: 0o600 })
      expect(refusal(at('damaged'))).toContain('it is damaged')
      expect(readFileSync(at('damaged'), 'utf8')).toBe(text)
    }
  })

  it('S16: is an error where others can read it, with the way out', () => {
    chmodSync(at('made'), 0o644)
    expect(refusal(at('made'))).toContain(`chmod go= ${at('made')}`)
    chmodSync(at('made'), 0o600)
  })

  it('is an error where it is too short, of an old kind, public, a folder, or there twice', () => {
    keygen('-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', at('short'))
    expect(refusal(at('short'))).toContain('2048 bits is too short')
    expect(refusal({ key: readFileSync(`${at('openssh')}.pub`) })).toContain('it is a public key')
    expect(refusal(folder)).toContain('cannot be used')
    expect(refusal([at('made'), at('other')])).toContain('two of that type')
    expect(refusal([])).toContain('it is empty')
  })

  it('S16: is shown as ssh-keygen shows it', () => {
    const shown = keygen('-lf', at('made'))
    expect(hostKeyFingerprints(at('made'))).toEqual([shown])
    expect(hostKeyFingerprints(at('openssh'))).toEqual([keygen('-lf', at('openssh'))])
  })
})
