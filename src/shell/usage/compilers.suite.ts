import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The newest compiler, and the oldest that is supported. */
export const COMPILERS: readonly string[] = ['typescript', 'typescript-5.4']

/** The folder of the shell's sources, for programs that import them. */
export const SHELL: string = fileURLToPath(new URL('..', import.meta.url))

/**
 * Returns what a compiler reports about a program: a line for each error. The program finds this
 * package, as last built, and the validators by name.
 */
export function complaints(compiler: string, lines: readonly string[], name: string): string[] {
  const base = join(BENCH, `${name}-${compiler}`)
  mkdirSync(BENCH, { recursive: true })
  writeFileSync(`${base}.mts`, lines.join('\n'))
  writeFileSync(`${base}.json`, JSON.stringify({ compilerOptions: OPTIONS, files: [`${base}.mts`] }))
  const tsc = join(dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)), 'bin/tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', `${base}.json`], { encoding: 'utf8' })
  const errors = stdout.split(/\n(?=\S)/).filter(line => line.includes('error TS'))
  if (status !== 0 && errors.length === 0) throw new Error(`the compiler did not run: ${stdout}`)
  return errors
}

/** Within the package; not published. */
const BENCH = join(SHELL, '../../dist/.types')

const OPTIONS = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: 'es2022',
  module: 'nodenext',
  types: [],
}
