import { expect, it } from 'vitest'
import { faultOfFile } from './file-trust.ts'

const FILE = 0o100000
const DIRECTORY = 0o040000
const ours = 1000

it.each<[mode: number, uid: number, forbidden: 0o022 | 0o077, fault: string | undefined]>([
  [FILE | 0o600, ours, 0o077, undefined],
  [FILE | 0o600, 0, 0o077, undefined],
  [FILE | 0o640, ours, 0o077, 'others may read it (mode 640): chmod go= keys'],
  [FILE | 0o604, ours, 0o077, 'others may read it (mode 604): chmod go= keys'],
  [FILE | 0o620, ours, 0o077, 'others may write it (mode 620): chmod go= keys'],
  [FILE | 0o644, ours, 0o022, undefined],
  [FILE | 0o664, ours, 0o022, 'others may write it (mode 664): chmod go-w keys'],
  [FILE | 0o666, ours, 0o022, 'others may write it (mode 666): chmod go-w keys'],
  [FILE | 0o600, 1001, 0o022, 'it belongs to user 1001, and this process is user 1000: chown 1000 keys'],
  [DIRECTORY | 0o755, ours, 0o022, undefined],
  [DIRECTORY | 0o775, ours, 0o022, 'others may write it (mode 775): chmod go-w keys'],
  [DIRECTORY | 0o777, 0, 0o022, 'others may write it (mode 777): chmod go-w keys'],
  [DIRECTORY | 0o1777, 0, 0o022, undefined],
  [FILE | 0o1666, ours, 0o022, 'others may write it (mode 666): chmod go-w keys'],
])('mode %o of user %i, where %o is forbidden: %s', (mode, uid, forbidden, fault) => {
  expect(faultOfFile('keys', { mode, uid }, ours, forbidden)).toBe(fault)
})

it('is not asked where the system has no users', () => {
  expect(faultOfFile('keys', { mode: FILE | 0o666, uid: 5 }, undefined, 0o077)).toBeUndefined()
})
