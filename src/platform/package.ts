import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Makes the function that loads optional packages, given the URL of the module that needs them.
 * Within a CommonJS bundle a module has none: then packages are those of the program that runs.
 */
export function requireFrom(url: string | undefined): NodeJS.Require {
  return createRequire(url ?? process.argv[1] ?? join(process.cwd(), 'program'))
}

/** Whether an error says that a package is not installed: one of `require`, or of `import`. */
export function isMissingPackage(error: unknown): boolean {
  return (error as { code?: string }).code?.endsWith('MODULE_NOT_FOUND') === true
}
