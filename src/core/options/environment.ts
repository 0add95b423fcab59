import { listOf } from './options.ts'
import type { OptionCheck } from './options.ts'

/**
 * The variables accepted from a peer's environment, over every transport that carries one. Programs
 * pass them to programs that they start, so no peer may set what those act on (`PATH`,
 * `LD_PRELOAD`).
 */
export const DEFAULT_ENVIRONMENT: readonly string[] = ['LANG', 'LC_*', 'COLORTERM', 'NO_COLOR', 'TERM_PROGRAM']

/** How much of it is kept. A variable beyond any of these is left out whole, never cut. */
export const ENVIRONMENT_LIMITS = { variables: 32, name: 64, value: 256 } as const

/** Names, in which `*` matches any letters. */
export const aListOfVariables: OptionCheck = listOf('names of variables, as LC_* is', name => /^[\w*]+$/.test(name))

/**
 * Returns one expression for names such as `LC_*`. Throws nothing, and matches only letters, digits
 * and underscores.
 */
export function variableNames(patterns: readonly string[] = DEFAULT_ENVIRONMENT): RegExp {
  const alternatives = patterns.map(pattern => pattern.replaceAll(/[^\w*]/g, '').replaceAll('*', '\\w{0,64}'))
  return new RegExp(`^(?!$)(?:${alternatives.join('|')})$`)
}
