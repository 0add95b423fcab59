import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { readAuthorizedKeys } from './authorized-keys.ts'
import { ed25519Key } from './keys.suite.ts'
import { WireWriter } from '../protocol/wire.ts'

const key = ed25519Key()
const text = `ssh-ed25519 ${key.blob.toString('base64')}`

function restrictionsOf(options: string): unknown {
  return readAuthorizedKeys(`${options} ${text} somebody`).keys[0]?.restrictions
}
function refusalOf(options: string): string | undefined {
  const { keys, refused } = readAuthorizedKeys(`${options} ${text} somebody`)
  return keys.length === 0 ? refused[0]?.reason : undefined
}

describe('a file of keys', () => {
  it('holds a key a line, with comments and empty lines between', () => {
    const { keys, refused } = readAuthorizedKeys(`# the team\n\n${text} alice@home sweet home\r\n\t${text}\n`)
    expect(keys.map(({ comment, line }) => [line, comment])).toEqual([
      [3, 'alice@home sweet home'],
      [4, ''],
    ])
    expect(Buffer.compare(keys[0]?.blob ?? Buffer.alloc(0), key.blob)).toBe(0)
    expect(refused).toEqual([])
  })

  it.each([
    'ssh-ed25519',
    'ssh-ed25519 AAAA',
    'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    'ssh-dss AAAAB3NzaC1kc3MAAACBAO',
    'restrict',
    '"',
    'command="ls ssh-ed25519 AAAA',
    'x'.repeat(20_000),
  ])('lets nobody in by the line %j, and says so', line => {
    const { keys, refused } = readAuthorizedKeys(`${text}\n${line}\n`)
    expect(keys).toHaveLength(1)
    expect(refused).toMatchObject([{ line: 2 }])
  })

  it('lets nobody in by a key with more bits than its reader takes, nor by one whose numbers make none', () => {
    const rsa = new WireWriter()
      .string('ssh-rsa')
      .string(Uint8Array.of(1, 0, 1))
      .string(Buffer.alloc(1024, 0x53))
    const line = `ssh-rsa ${rsa.bytes().toString('base64')}`
    expect(readAuthorizedKeys(line, 8192).keys).toHaveLength(1)
    expect(readAuthorizedKeys(line, 8184).refused).toEqual([{ line: 1, reason: 'its key has more than 8184 bits' }])
    const point = Buffer.concat([Uint8Array.of(4), Buffer.alloc(64, 1)])
    const nowhere = new WireWriter().string('ecdsa-sha2-nistp256').string('nistp256').string(point).bytes()
    expect(readAuthorizedKeys(`ecdsa-sha2-nistp256 ${nowhere.toString('base64')}`).keys).toEqual([])
  })

  it('never throws', () => {
    const characters = fc.constantFrom(...'",\\= \t\n#aZ0', 'command=', 'from="', 'expiry-time="2', text)
    fc.assert(
      fc.property(fc.array(characters), parts => {
        const { keys, refused } = readAuthorizedKeys(parts.join(''))
        expect(keys.length + refused.length).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('options that are honoured', () => {
  it.each([
    ['restrict', { pty: false }],
    ['restrict,pty', { pty: true }],
    ['pty,restrict', { pty: false }],
    ['no-pty', { pty: false }],
    ['command="echo \\"a, b\\" c"', { pty: true, command: 'echo "a, b" c' }],
    ['from="192.0.2.0/24,!192.0.2.9"', { pty: true, from: ['192.0.2.0/24,!192.0.2.9'] }],
    ['expiry-time="20260102Z"', { pty: true, expires: Date.UTC(2026, 0, 2) }],
    ['expiry-time="202601021530Z"', { pty: true, expires: Date.UTC(2026, 0, 2, 15, 30) }],
    ['expiry-time="20260102153059Z"', { pty: true, expires: Date.UTC(2026, 0, 2, 15, 30, 59) }],
    ['expiry-time="202601021530"', { pty: true, expires: new Date(2026, 0, 2, 15, 30).getTime() }],
    ['RESTRICT,Command="x"', { pty: false, command: 'x' }],
  ])('%s', (options, restrictions) => expect(restrictionsOf(options)).toEqual(restrictions))

  it.each([
    'no-port-forwarding',
    'no-X11-forwarding,no-agent-forwarding,no-user-rc',
    'restrict,port-forwarding,pty',
    'permitopen="host:80"',
  ])('%s forbids or gives what nobody can have here', options => expect(restrictionsOf(options)).toEqual({ pty: true }))
})

describe('options that refuse their line', () => {
  it.each([
    ['environment="A=b"', 'not known here'],
    ['tunnel="0"', 'not known here'],
    ['cert-authority', 'not known here'],
    ['\u009b2J\u202e', '"\\x9b2j\\u202e" is not known here'],
    ['principals="alice"', 'not known here'],
    ['verify-required', 'not known here'],
    ['agent-forwardin', 'not known here'],
    ['restrict,', undefined],
    ['command', 'no value'],
    ['from=192.0.2.1', 'not known here'],
    ['command="a",command="b"', 'twice'],
    ['from="a",from="b"', 'twice'],
    ['from=""', 'the option from cannot be read: "" is no'],
    ['from="!192.0.2.0/33,*"', '"192.0.2.0/33" is no address'],
    ['from="!evil.example.com,*"', '"evil.example.com" excludes nobody'],
    ['expiry-time="tomorrow"', 'no value'],
    ['expiry-time="20261301"', 'no value'],
    ['expiry-time="202601022530"', 'no value'],
  ])('%s', (options, reason) => {
    if (reason === undefined) expect(refusalOf(options)).toBeUndefined()
    else expect(refusalOf(options)).toContain(reason)
  })
})
