import { expect, it } from 'vitest'
import { requireFrom } from './package.ts'

it.each([import.meta.url, undefined])('packages are found from %s', url => {
  expect(requireFrom(url)('ssh2/package.json').name).toBe('ssh2')
})

it('what is not installed is told as Node tells it', () => {
  expect(() => requireFrom(undefined)('no-such-package')).toThrow(/Cannot find module 'no-such-package'/)
})
