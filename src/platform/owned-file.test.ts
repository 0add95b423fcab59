import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { statOwned } from './owned-file.ts'

let directory: string
const at = (name: string): string => join(directory, name)
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'answerback-owned-'))
  for (const name of ['own', 'open']) {
    mkdirSync(at(name))
    writeFileSync(at(`${name}/file`), 'x', { mode: 0o600 })
  }
  chmodSync(at('open'), 0o777)
})
afterEach(() => rmSync(directory, { recursive: true }))

it('a file of ours in a directory of ours is taken', () => {
  expect(statOwned(at('own/file'), 0o077).size).toBe(1)
})

it('a file that others may write, or read where that is forbidden, is not', () => {
  chmodSync(at('own/file'), 0o644)
  expect(statOwned(at('own/file'), 0o022).size).toBe(1)
  expect(() => statOwned(at('own/file'), 0o077)).toThrow(`others may read it (mode 644): chmod go= ${at('own/file')}`)
  chmodSync(at('own/file'), 0o664)
  expect(() => statOwned(at('own/file'), 0o022)).toThrow('others may write it (mode 664)')
})

it('nor is one in whose place others could put another, by way of a link either', () => {
  expect(() => statOwned(at('open/file'), 0o022)).toThrow(`of its directory, others may write it (mode 777)`)
  symlinkSync(at('open/file'), at('own/link'))
  expect(() => statOwned(at('own/link'), 0o022)).toThrow(`chmod go-w ${at('open')}`)
  symlinkSync(at('own/file'), at('open/link'))
  expect(() => statOwned(at('open/link'), 0o022)).toThrow(`chmod go-w ${at('open')}`)
  chmodSync(at('open'), 0o1777)
  expect(statOwned(at('open/link'), 0o022).size).toBe(1)
})

it('one that is not there says so', () => {
  expect(() => statOwned(at('own/none'), 0o022)).toThrow('ENOENT')
})
