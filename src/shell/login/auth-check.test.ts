import { expect, it } from 'vitest'
import type { AuthOptions } from './auth.ts'
import { createShell } from '../shell.ts'

const yes = () => true

it.each<[why: string, auth: AuthOptions, message: string]>([
  ['one key is not two', { publicKey: yes, require: ['publicKey', 'publicKey'] }, "'publicKey' twice"],
  ['no password is asked twice', { password: yes, require: ['password', 'password'] }, "'password' twice"],
  ['nobody could come in', { password: yes, require: ['publicKey'] }, "'publicKey': auth defines no such method"],
  ['nothing is required', { password: yes, require: [] }, 'cannot be empty'],
  ['no method', { password: yes, require: ['publickey' as 'publicKey'] }, "'publickey': auth defines"],
  ['no method of objects', { password: yes, require: ['toString' as 'name'] }, "'toString': auth defines"],
  ['no try is left', { password: yes, maxTries: 0 }, 'auth.maxTries cannot be 0'],
  ['no number of tries', { password: yes, maxTries: Number.NaN }, 'auth.maxTries cannot be NaN'],
  ['half a try', { password: yes, maxTries: 1.5 }, 'auth.maxTries cannot be 1.5'],
  ['no time', { password: yes, timeout: 0 }, 'auth.timeout cannot be 0'],
  ['no number of milliseconds', { password: yes, timeout: Number.NaN }, 'auth.timeout cannot be NaN'],
  [
    'a number of seconds',
    { password: yes, timeout: 120 },
    'auth.timeout cannot be 120: it is a number of milliseconds',
  ],
])('auth that cannot be meant is refused at its definition: %s', (_, auth, message) => {
  const define = () => createShell({ auth })
  expect(define).toThrow(expect.objectContaining({ code: 'OPTION' }))
  expect(define).toThrow(message)
})

it('auth may require what it defines, declared keys among it', () => {
  const require = ['publicKey', 'keyboardInteractive'] as const
  expect(() => createShell({ auth: { userCAs: 'ca', keyboardInteractive: yes, require, maxTries: 1 } })).not.toThrow()
})
