import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Returns the function that loads optional packages, given the URL of the module that needs them.
 * In a CommonJS bundle a module has none: then packages are those of the running program.
 */
export function requireFrom(url: string | undefined): NodeJS.Require {
  return createRequire(url ?? process.argv[1] ?? join(process.cwd(), 'program'))
}

/**
 * Returns whether an error says that a package is not installed: an error of `require` or of
 * `import`.
 */
export function isMissingPackage(error: unknown): boolean {
  return (error as { code?: string }).code?.endsWith('MODULE_NOT_FOUND') === true
}
