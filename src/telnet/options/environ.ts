import type { Environment } from '../../core/connection.ts'
import { ENVIRONMENT_LIMITS } from '../../core/options/environment.ts'
import { decodeUtf8 } from '../utf8.ts'

/** RFC 1572. */
const IS = 0
const SEND = 1
const INFO = 2
const VAR = 0
const VALUE = 1
const ESC = 2
const USERVAR = 3

/** The payload that requests everything: a SEND without names. */
export const ENVIRONMENT_SEND: Uint8Array = Uint8Array.of(SEND)

/**
 * A variable, well-known or the user's own: only the wire distinguishes them. Without a value it is
 * undefined.
 */
export interface Variable {
  readonly name: string
  readonly value?: string
}

/**
 * Returns the variables in an `IS` or `INFO`; absent for another payload. It omits variables with
 * an empty or too long name, a too long value, or a control character.
 */
export function readEnvironment(payload: Uint8Array): Variable[] | undefined {
  if (payload[0] !== IS && payload[0] !== INFO) return undefined
  const variables: Variable[] = []
  let at = 1
  while (at < payload.length) {
    // An item begins with its type; bytes before the first VAR or USERVAR belong to no item.
    const opens = payload[at] === VAR || payload[at] === USERVAR
    const name = readItem(payload, at + 1)
    at = name.end
    if (!opens) continue
    const value = payload[at] === VALUE ? readItem(payload, at + 1) : undefined
    at = value?.end ?? at
    const variable: Variable = value === undefined ? { name: name.text } : { name: name.text, value: value.text }
    if (isFit(variable)) variables.push(variable)
  }
  return variables
}

/**
 * Returns the environment with variables set, changed and removed. Once it is full, new ones are
 * omitted.
 */
export function updatedEnvironment(environment: Environment, variables: readonly Variable[]): Environment {
  const entries = new Map(Object.entries(environment))
  for (const { name, value } of variables) {
    if (value === undefined) entries.delete(name)
    else if (entries.has(name) || entries.size < ENVIRONMENT_LIMITS.variables) entries.set(name, value)
  }
  return Object.fromEntries(entries)
}

/** Reads text up to the next type byte; ESC makes the byte after it plain. */
function readItem(payload: Uint8Array, from: number): { readonly text: string; readonly end: number } {
  const bytes: number[] = []
  let at = from
  for (; at < payload.length; at++) {
    const byte = payload[at] as number
    if (byte === ESC) {
      at++
      if (at < payload.length) bytes.push(payload[at] as number)
    } else if (byte <= USERVAR) break
    else bytes.push(byte)
  }
  return { text: decodeUtf8(Uint8Array.from(bytes)), end: at }
}

function isFit({ name, value = '' }: Variable): boolean {
  const sized = name !== '' && name.length <= ENVIRONMENT_LIMITS.name && value.length <= ENVIRONMENT_LIMITS.value
  return sized && !/\p{Cc}/u.test(name + value)
}
