import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import peers from './peers.json' with { type: 'json' }

/** A program that somebody else wrote and that our tests talk to; `peers.json` says which Debian package has it. */
export type PeerName = keyof typeof peers

/**
 * Where the peer's program is (for a Python module: the Python that has it), or undefined where it is not installed. Its tests
 * are skipped then, which is said once: `describe.skipIf(!peer('plink'))('plink', …)`. Under `CI=true` a missing peer throws
 * instead, so that no run there is green by leaving out.
 */
export function peer(name: PeerName): string | undefined {
  if (!found.has(name)) found.set(name, look(name))
  return found.get(name)
}

const found = new Map<PeerName, string | undefined>()

function look(name: PeerName): string | undefined {
  const wanted: { package: string; program?: string; module?: string } = peers[name]
  const path = wanted.program ? onPath(wanted.program) : pythonWith(wanted.module ?? '')
  if (path) return path
  const missing = `${name} is not installed (Debian: apt-get install ${wanted.package})`
  if (process.env['CI'] === 'true') throw new Error(missing)
  console.warn(`${missing}: its tests are skipped.`)
  return undefined
}

/** Debian keeps some clients in /usr/games, which root's PATH lacks. */
function onPath(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/games']
  return folders.map(folder => join(folder, program)).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian's modules belong to Debian's Python, which need not be the first on the path. */
function pythonWith(module: string): string | undefined {
  const pythons = ['/usr/bin/python3', 'python3']
  return pythons.find(python => spawnSync(python, ['-c', `import ${module}`]).status === 0)
}
