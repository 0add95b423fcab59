import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>
}

describe('the lock file', () => {
  // `npm ci` refuses a lock file in which anything is missing, binaries of other platforms
  // included.
  it('locks every dependency of every package, optional ones included', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter(name => locate(path, name) === undefined)
        .map(name => `${path}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('names no download addresses', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })
})

/** Where Node finds `name` from the folder `path`: in the nearest `node_modules` upwards. */
function locate(path: string, name: string): string | undefined {
  const here = `${path === '' ? '' : `${path}/`}node_modules/${name}`
  if (here in packages) return here
  if (path === '') return undefined
  return locate(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}
