import type { AuthMethod } from '../../core/authenticator.ts'
import { aTimeout } from '../../core/options/duration.ts'
import { AnswerbackError } from '../../core/options/errors.ts'
import { aFunction, checkOptions, listOf, wholeNumber } from '../../core/options/options.ts'
import type { OptionCheck, OptionTable } from '../../core/options/options.ts'
import type { AuthOptions } from './auth.ts'

/**
 * Throws an `AnswerbackError` (`OPTION`) for invalid values of `auth`: such a mistake would let in
 * or lock out the wrong users.
 */
export function checkAuth(auth: AuthOptions): void {
  checkOptions('auth', AUTH, auth, 'auth.')
  if (!ENTRIES.some(name => auth[name] !== undefined))
    refuse('auth', 'without a method', `give one of ${ENTRIES.join(', ')}; or 'open' lets anybody in`)
  const { require } = auth
  if (require !== undefined) checkRequire(require, auth)
}

const keys: OptionCheck = value =>
  typeof value === 'string' || listOf('texts')(value) === undefined
    ? undefined
    : 'it is a file, the keys, or a list of them'

const AUTH: OptionTable<AuthOptions> = {
  name: aFunction,
  publicKey: aFunction,
  authorizedKeys: keys,
  userCAs: keys,
  keyboardInteractive: aFunction,
  password: aFunction,
  require: listOf('methods'),
  key: aFunction,
  timeout: aTimeout,
  maxTries: wholeNumber(1, true),
}

/** Each lets users in by itself. */
const ENTRIES = ['name', 'publicKey', 'authorizedKeys', 'userCAs', 'keyboardInteractive', 'password'] as const

/**
 * Refuses a method named twice: it would ask twice for one proof, since two keys are not told
 * apart.
 */
function checkRequire(required: readonly AuthMethod[], auth: AuthOptions): void {
  if (required.length === 0) refuse('auth.require', 'empty', 'it names the methods that must all succeed')
  for (const [at, method] of required.entries()) {
    if (!isDefined(method, auth)) refuse('auth.require', `'${method}'`, 'auth defines no such method')
    if (required.indexOf(method) < at) refuse('auth.require', `'${method}' twice`, 'a method is proved once')
  }
}

function isDefined(method: AuthMethod, auth: AuthOptions): boolean {
  const declared = auth.authorizedKeys !== undefined || auth.userCAs !== undefined
  return Object.hasOwn(METHODS, method) && (auth[method] !== undefined || (method === 'publicKey' && declared))
}

const METHODS: Readonly<Record<AuthMethod, true>> = {
  name: true,
  publicKey: true,
  keyboardInteractive: true,
  password: true,
}

function refuse(option: string, value: unknown, way: string): never {
  throw new AnswerbackError('OPTION', { option, value, way })
}
