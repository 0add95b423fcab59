import { fork } from 'node:child_process'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { historyFile } from './history-file.ts'

let directory: string
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'answerback-')), 'history')
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }))

const fileOf = (user: string) => join(directory, `${user}.history`)

describe('a history in a file', () => {
  it('is there again, in order, of each user the own', async () => {
    const store = historyFile(directory)
    await Promise.all(['one', 'two\nlines', '日本 "quoted" \\'].map(async entry => store.append('ann', entry)))
    await store.append('bob', 'other')
    const again = historyFile(directory)
    expect(await again.load('ann', 10)).toEqual(['one', 'two\nlines', '日本 "quoted" \\'])
    expect(await again.load('ann', 2)).toEqual(['two\nlines', '日本 "quoted" \\'])
    expect(await again.load('ann', 0)).toEqual([])
    expect(await again.load('nobody', 10)).toEqual([])
  })

  it('can be read by its owner only', async () => {
    await historyFile(directory).append('ann', 'x')
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(statSync(fileOf('ann')).mode & 0o777).toBe(0o600)
  })

  it('loses no more to a crash in mid-write than the entry that was being written', async () => {
    const store = historyFile(directory)
    await store.append('ann', 'before')
    const whole = readFileSync(fileOf('ann'), 'utf8')
    const next = `\n${JSON.stringify('torn "entry" \\ \n')}`
    for (let length = 0; length < next.length; length++) {
      writeFileSync(fileOf('ann'), whole + next.slice(0, length))
      await store.append('ann', 'after')
      expect(await store.load('ann', 10)).toEqual(['before', 'after'])
    }
  })

  it('passes over what is no entry', async () => {
    const store = historyFile(directory)
    await store.append('ann', 'one')
    appendFileSync(fileOf('ann'), '\nnot JSON\n{"a":1}\n[]\n\n"ok"\0')
    await store.append('ann', 'two')
    expect(await store.load('ann', 10)).toEqual(['one', 'two'])
  })

  it('is begun anew when it is full, and keeps the one before', async () => {
    const store = historyFile(directory, { limit: 100 })
    for (let index = 0; index < 100; index++) {
      await store.append('ann', `entry ${index}`)
      if (index % 10 === 9) await store.load('ann', 1)
    }
    expect(await store.load('ann', 3)).toEqual(['entry 97', 'entry 98', 'entry 99'])
    expect(readdirSync(directory)).toContain('ann.history.old')
    const bytes = readdirSync(directory).map(name => statSync(join(directory, name)).size)
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(500)
  })

  it('is not begun anew while somebody else does it, nor is a lock of a crash kept for ever', async () => {
    const store = historyFile(directory, { limit: 10 })
    await store.append('ann', 'a long entry')
    const lock = `${fileOf('ann')}.lock`
    writeFileSync(lock, '')
    expect(await store.load('ann', 9)).toEqual(['a long entry'])
    expect(readdirSync(directory)).toContain('ann.history.lock')
    utimesSync(lock, 0, 0)
    await store.load('ann', 9)
    expect(await store.load('ann', 9)).toEqual(['a long entry'])
    expect(readdirSync(directory)).toEqual(['ann.history.old'])
  })

  it.each(['../../etc/passwd', '', '.', 'A', 'a/b', 'a\0b', 'x'.repeat(1000), 'ünï'])(
    'stays in its directory for a user named %j',
    async user => {
      const store = historyFile(directory)
      await store.append(user, 'mine')
      await store.append('a', 'other')
      expect(await store.load(user, 9)).toEqual(['mine'])
      expect(readdirSync(directory)).toHaveLength(2)
      expect(readdirSync(join(directory, '..'))).toEqual(['history'])
    },
  )

  it('is forgotten when it is cleared', async () => {
    const store = historyFile(directory, { limit: 1 })
    await store.append('ann', 'x')
    await store.load('ann', 1)
    await store.append('ann', 'y')
    await store.clear('ann')
    expect(readdirSync(directory)).toEqual([])
    expect(await store.load('ann', 9)).toEqual([])
  })

  it('says what is wrong with the directory', async () => {
    writeFileSync(directory, '')
    await expect(historyFile(directory).append('ann', 'x')).rejects.toThrow('EEXIST')
  })

  it('takes two processes that write at once', async () => {
    const script = join(directory, '..', 'write.mjs')
    writeFileSync(
      script,
      `import { appendFileSync, mkdirSync } from 'node:fs'
       mkdirSync(${JSON.stringify(directory)}, { recursive: true })
       for (let i = 0; i < 200; i++) appendFileSync(${JSON.stringify(fileOf('ann'))}, '\\n' + JSON.stringify('theirs ' + i))`,
    )
    const store = historyFile(directory)
    const other = new Promise(resolve => fork(script).on('exit', resolve))
    for (let index = 0; index < 200; index++) await store.append('ann', `ours ${index}`)
    await other
    const entries = await store.load('ann', 1000)
    expect(entries.filter(entry => entry.startsWith('ours'))).toEqual(
      Array.from({ length: 200 }, (_, i) => `ours ${i}`),
    )
    expect(entries.filter(entry => entry.startsWith('theirs'))).toEqual(
      Array.from({ length: 200 }, (_, i) => `theirs ${i}`),
    )
  })
})
