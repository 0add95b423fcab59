import type { AuthMethod, Credentials } from '../../core/authenticator.ts'
import type { Identity } from '../../core/connection.ts'
import { AnswerbackError } from '../../core/options/errors.ts'
import type { AuthOptions } from './auth.ts'

/** Returns the identity with its account: by default the one of that name. */
export function identify(auth: AuthOptions, { name, user, proved }: Identity, account: string = name): Identity {
  return { name, user, account: auth.key ? textOf(auth.key(user)) : account, ...(proved && { proved }) }
}

function textOf(key: unknown): string {
  if (typeof key === 'string' && key !== '') return key
  const value = `a function that returns ${key === '' ? "''" : typeof key}`
  throw new AnswerbackError('OPTION', {
    option: 'auth.key',
    value,
    way: 'it returns the text that an account is known by',
  })
}

/**
 * What one name has proved so far on a connection. A key of `authorizedKeys` may log in under any
 * name. It proves that its holder is the same as last time, but not the name.
 */
export class Proofs {
  readonly name: string | undefined
  readonly methods: AuthMethod[] = []
  /** Whether one of them counted as a try. */
  counted = false
  #nameIsProved = false
  #holder: string | undefined

  constructor(name?: string) {
    this.name = name
  }

  /**
   * Adds a proof. `answered`: a method of the shell, not a key list alone, has accepted the
   * credentials.
   */
  add(credentials: Credentials, answered: boolean): void {
    this.methods.push(credentials.method)
    if (credentials.method === 'name') return
    if (credentials.method !== 'publicKey' || answered || credentials.grant?.type === 'certificate') {
      this.#nameIsProved = true
    } else this.#holder = credentials.key.fingerprint
  }

  identity(auth: AuthOptions, name: string, user: unknown): Identity {
    const proved = this.#nameIsProved || this.#holder !== undefined
    return identify(auth, { name, user, ...(proved && { proved }) }, this.#nameIsProved ? name : this.#holder)
  }
}
