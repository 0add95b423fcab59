import { describe, expect, it } from 'vitest'
import type { Credentials, KeyGrant } from '../../core/authenticator.ts'
import type { Identity } from '../../core/connection.ts'
import type { LogFields } from '../../core/log.ts'
import { SILENT } from '../../core/log.ts'
import { connect, ManualClock } from '../../testing/index.ts'
import type { AuthOptions } from './auth.ts'
import { ShellAuthenticator } from './authenticator.ts'
import { createShell } from '../shell.ts'
import { REFUSAL_FLOOR } from './attempts.ts'

const peer = { transport: 'memory', secure: true }
const yes = () => true

const byName: Credentials = { method: 'name', name: 'alice' }
const byPassword: Credentials = { method: 'password', name: 'alice', password: 'x' }
const byQuestions: Credentials = { method: 'keyboardInteractive', name: 'alice', ask: async () => [] }
const listed: KeyGrant = { type: 'authorized-key', comment: '' }
const certified: KeyGrant = { type: 'certificate', keyId: '', serial: 1n, principals: ['alice'] }

function byKey(fingerprint: string, grant?: KeyGrant): Credentials {
  const key = { algorithm: 'ssh-ed25519', fingerprint, blob: new Uint8Array() }
  return { method: 'publicKey', name: 'alice', key, proof: yes, ...(grant && { grant }) }
}

/**
 * Returns the identity after these credentials, one after the other; `undefined` if none is
 * admitted.
 */
async function comesIn(auth: AuthOptions, ...steps: Credentials[]): Promise<Identity | undefined> {
  const clock = new ManualClock()
  const login = new ShellAuthenticator(auth, { clock, log: SILENT }).login(peer)
  let identity: Identity | undefined
  for (const step of steps) {
    const verdict = login.attempt(step)
    await clock.advance(REFUSAL_FLOOR)
    const { type, ...more } = await verdict
    identity = type === 'accepted' && 'identity' in more ? more.identity : undefined
  }
  return identity
}

describe('an account', () => {
  const LISTED: AuthOptions = { authorizedKeys: 'keys', password: yes, keyboardInteractive: yes, name: yes }

  it.each<[what: string, auth: AuthOptions, steps: Credentials[], account: string, proved: true | undefined]>([
    ['the name, by a password', { password: yes }, [byPassword], 'alice', true],
    ['the name that was merely given', { name: yes }, [byName], 'alice', undefined],
    ['the key, where it is listed', LISTED, [byKey('A', listed)], 'A', true],
    ['the name, where publicKey has looked at both', { publicKey: yes }, [byKey('A')], 'alice', true],
    ['the name, where it looks at listed keys', { ...LISTED, publicKey: yes }, [byKey('A', listed)], 'alice', true],
    ['the name that a certificate is for', { userCAs: 'ca' }, [byKey('A', certified)], 'alice', true],
    [
      'the name, by a listed key and then a password',
      { ...LISTED, require: ['publicKey', 'password'] },
      [byKey('A', listed), byPassword],
      'alice',
      true,
    ],
    [
      'the name, by a code and then a listed key',
      { ...LISTED, require: ['keyboardInteractive', 'publicKey'] },
      [byQuestions, byKey('A', listed)],
      'alice',
      true,
    ],
    [
      'the key, by a listed key and a name',
      { ...LISTED, require: ['publicKey', 'name'] },
      [byKey('A', listed), byName],
      'A',
      true,
    ],
    [
      'the key, by a name and a listed key',
      { ...LISTED, require: ['name', 'publicKey'] },
      [byName, byKey('A', listed)],
      'A',
      true,
    ],
    ['what `key` says', { password: yes, key: ({ name }) => `user ${name}` }, [byPassword], 'user alice', true],
    [
      'what `key` says, of listed keys too',
      { ...LISTED, key: ({ name }) => name },
      [byKey('A', listed)],
      'alice',
      true,
    ],
  ])('is of %s', async (_, auth, steps, account, proved) => {
    const identity = await comesIn(auth, ...steps)
    expect([identity?.name, identity?.account, identity?.proved]).toEqual(['alice', account, proved])
  })

  it.each<[what: string, key: (user: unknown) => unknown]>([
    ['nothing', () => undefined],
    ['an empty text', () => ''],
    ['a number', () => 7],
    ['a promise', async () => 'alice'],
    [
      'an error',
      () => {
        throw new Error('no login')
      },
    ],
  ])('lets nobody in where `key` gives %s: it could be another’s', async (_, key) => {
    const auth = { password: yes, key: key as () => string }
    expect(await comesIn(auth, byPassword)).toBeUndefined()
    const shell = createShell({ auth })
    expect(() => connect(shell, { identity: { name: 'alice', user: {} } })).toThrow(/auth.key|no login/)
  })

  it('that cannot be told is in the log', async () => {
    const errors: LogFields[] = []
    const log = { ...SILENT, error: (fields: LogFields) => void errors.push(fields) }
    const auth = { password: yes, key: () => '' }
    const clock = new ManualClock()
    const verdict = new ShellAuthenticator(auth, { clock, log }).login(peer).attempt(byPassword)
    await clock.advance(REFUSAL_FLOOR)
    expect(await verdict).toMatchObject({ type: 'refused' })
    expect(String(errors[0]?.err)).toContain("auth.key cannot be a function that returns ''")
  })
})

describe('a history', () => {
  const shellOf = (auth: AuthOptions) => createShell({ auth }).command('token <text>', 'A secret.', () => {}) // it stays in the history

  it('is one where `key` says that two spellings are one account; the name stays as typed', async () => {
    const shell = shellOf({
      password: name => ({ login: name.toLowerCase(), shown: 'Anna' }),
      key: (user: { login: string }) => user.login,
    })
    const first = connect(shell)
    await first.enter('ANNA').enter('x').settled()
    first.enter('token one').disconnect()
    const second = connect(shell)
    await second.enter('anna').enter('x').settled()
    expect(second.session.history).toEqual(['token one'])
    expect([first, second].map(({ session }) => [session.name, session.account])).toEqual([
      ['ANNA', 'anna'],
      ['anna', 'anna'],
    ])
    const other = connect(shell)
    await other.enter('otto').enter('x').settled()
    expect(other.session.history).toEqual([])
  })

  it('is each key’s own, where two authorized keys come under one name', async () => {
    const auth: AuthOptions = { authorizedKeys: 'keys' }
    const shell = shellOf(auth)
    const enter = async (fingerprint: string) => {
      const identity = await comesIn(auth, byKey(fingerprint, listed))
      return connect(shell, { ...(identity && { identity }) })
    }
    const first = await enter('A')
    first.enter('token one').disconnect()
    expect((await enter('B')).session.history).toEqual([])
    const again = await enter('A')
    expect([again.session.name, again.session.history]).toEqual(['alice', ['token one']])
  })

  it('goes by `key` where a listener says who everybody is', () => {
    const shell = shellOf({ password: yes, key: (user: { login: string }) => user.login })
    const user = connect(shell, { identity: { name: 'local', user: { name: 'local', login: 'anna' } } })
    expect([user.session.name, user.session.account]).toEqual(['local', 'anna'])
  })

  it('has no account where nobody is asked', () => {
    expect(connect(createShell()).session.account).toBe('')
  })
})
