import { expect, it } from 'vitest'
import type { Auth } from './auth.ts'
import { createShell } from './shell.ts'

const yes = () => true

it.each<[why: string, auth: Auth, message: string]>([
  ['one key is not two', { publicKey: yes, require: ['publicKey', 'publicKey'] }, "'publicKey' twice"],
  ['no password is asked twice', { password: yes, require: ['password', 'password'] }, "'password' twice"],
  ['nobody could come in', { password: yes, require: ['publicKey'] }, "'publicKey': auth defines no such method"],
  ['nothing is required', { password: yes, require: [] }, 'cannot be empty'],
  ['no method', { password: yes, require: ['publickey' as 'publicKey'] }, "'publickey': auth defines"],
  ['no method of objects', { password: yes, require: ['toString' as 'name'] }, "'toString': auth defines"],
  ['no try is left', { password: yes, tries: 0 }, 'auth.tries cannot be 0'],
  ['no number of tries', { password: yes, tries: Number.NaN }, 'auth.tries cannot be NaN'],
  ['half a try', { password: yes, tries: 1.5 }, 'auth.tries cannot be 1.5'],
  ['no time', { password: yes, grace: 0 }, 'auth.grace cannot be 0'],
  ['no number of seconds', { password: yes, grace: Number.NaN }, 'auth.grace cannot be NaN'],
])('auth that cannot be meant is refused at its definition: %s', (_, auth, message) => {
  const define = () => createShell({ auth })
  expect(define).toThrow(expect.objectContaining({ code: 'OPTION' }))
  expect(define).toThrow(message)
})

it('auth may require what it defines, declared keys among it', () => {
  const require = ['publicKey', 'keyboardInteractive'] as const
  expect(() => createShell({ auth: { userCAs: 'ca', keyboardInteractive: yes, require, tries: 1 } })).not.toThrow()
})
