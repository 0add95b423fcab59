import { fork } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
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

  it('keeps to its limit while a session goes on, without a login', async () => {
    const store = historyFile(directory, { limit: 100_000 })
    for (let index = 0; index < 100; index++) {
      await store.append('ann', `${index} ${'x'.repeat(10_000)}`)
      for (const name of readdirSync(directory))
        expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(100_000)
    }
    expect(readdirSync(directory)).toEqual(['ann.history', 'ann.history.old'])
    const entries = await store.load('ann', 12)
    expect(entries.map(entry => Number.parseInt(entry))).toEqual(Array.from({ length: 10 }, (_, index) => 90 + index))
  })

  it('reads no more of a file than its limit, from its end, however long the file has become', async () => {
    await historyFile(directory, { limit: 1_000_000 }).append('ann', 'first')
    for (let index = 0; index < 100; index++) appendFileSync(fileOf('ann'), `\n${JSON.stringify(`entry ${index}`)}`)
    const store = historyFile(directory, { limit: 30 })
    expect(await store.load('ann', 1000)).toEqual(['entry 98', 'entry 99'])
    await store.append('ann', 'last')
    expect(readFileSync(fileOf('ann'), 'utf8')).toBe('\n"last"')
    expect(await store.load('ann', 1000)).toEqual(['entry 98', 'entry 99', 'last'])
  })

  it('does not keep an entry that is longer than a file may be', async () => {
    const store = historyFile(directory, { limit: 20 })
    await store.append('ann', 'x'.repeat(20))
    await store.append('ann', 'short')
    expect(await store.load('ann', 9)).toEqual(['short'])
  })

  it('goes on a little in a full file while somebody else makes room, and takes a lock of a crash away', async () => {
    const store = historyFile(directory, { limit: 10 })
    await store.append('ann', 'one')
    const lock = `${fileOf('ann')}.lock`
    writeFileSync(lock, '')
    for (const entry of ['two', 'three', 'four']) await store.append('ann', entry)
    expect(await historyFile(directory).load('ann', 9)).toEqual(['one', 'two', 'three'])
    expect(readdirSync(directory)).toContain('ann.history.lock')
    utimesSync(lock, 0, 0)
    await store.append('ann', 'x')
    await store.append('ann', 'five')
    expect(readdirSync(directory)).toEqual(['ann.history', 'ann.history.old'])
    expect(await store.load('ann', 1)).toEqual(['five'])
  })

  it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a limit of %s', limit => {
    expect(() => historyFile(directory, { limit })).toThrow(`The option limit cannot be ${limit}`)
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
    const store = historyFile(directory, { limit: 6 })
    await store.append('ann', 'x')
    await store.append('ann', 'y')
    expect(readdirSync(directory)).toEqual(['ann.history', 'ann.history.old'])
    await store.clear('ann')
    expect(readdirSync(directory)).toEqual([])
    expect(await store.load('ann', 9)).toEqual([])
  })

  it('says what is wrong with the directory', async () => {
    writeFileSync(directory, '')
    const refusal = { code: 'HISTORY', message: expect.stringContaining(`The history in ${directory} cannot be used`) }
    await expect(historyFile(directory).append('ann', 'x')).rejects.toMatchObject(refusal)
    await expect(historyFile(join(directory, 'below')).append('ann', 'x')).rejects.toThrow('ENOTDIR')
  })

  it('takes two processes that write at once', async () => {
    const script = join(directory, '..', 'write.mjs')
    writeFileSync(
      script,
      `import { appendFileSync, mkdirSync } from 'node:fs'
       mkdirSync(${JSON.stringify(directory)}, { recursive: true, mode: 0o700 })
       for (let i = 0; i < 200; i++) appendFileSync(${JSON.stringify(fileOf('ann'))}, '\\n' + JSON.stringify('theirs ' + i), { mode: 0o600 })`,
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

describe('what is not this user’s alone', () => {
  const refusal = (path: string, reason: string) => ({
    code: 'HISTORY',
    message: `The history in ${path} cannot be used: ${reason}.`,
  })
  const both = async (refused: object) => {
    await expect(historyFile(directory).append('ann', 'x')).rejects.toMatchObject(refused)
    await expect(historyFile(directory).load('ann', 9)).rejects.toMatchObject(refused)
  }

  it('is refused: a directory that others may write, or one around it', async () => {
    await historyFile(directory).append('ann', 'secret')
    chmodSync(directory, 0o777)
    await both(refusal(directory, `others may write it (mode 777): chmod go-w ${directory}`))
    chmodSync(directory, 0o700)
    const around = join(directory, '..')
    chmodSync(around, 0o777)
    const fault = `of the directory around it, others may write it (mode 777): chmod go-w ${around}`
    await both(refusal(directory, fault))
    chmodSync(around, 0o1777)
    expect(await historyFile(directory).load('ann', 9)).toEqual(['secret'])
  })

  it('is refused: a link, which is neither read nor written through', async () => {
    const target = join(directory, '..', 'target')
    mkdirSync(directory, { mode: 0o700 })
    writeFileSync(target, '\n"of somebody else"', { mode: 0o600 })
    symlinkSync(target, fileOf('ann'))
    await both(refusal(fileOf('ann'), 'it is a link, and links are not followed: remove it'))
    expect(readFileSync(target, 'utf8')).toBe('\n"of somebody else"')
    rmSync(fileOf('ann'))
    await historyFile(directory).append('ann', 'x')
    symlinkSync(target, `${fileOf('ann')}.old`)
    await expect(historyFile(directory).load('ann', 9)).rejects.toThrow('it is a link')
  })

  it('is refused: a file that others may read, and what is no file', async () => {
    await historyFile(directory).append('ann', 'secret')
    chmodSync(fileOf('ann'), 0o644)
    await both(refusal(fileOf('ann'), `others may read it (mode 644): chmod go= ${fileOf('ann')}`))
    expect(readFileSync(fileOf('ann'), 'utf8')).toBe('\n"secret"')
    rmSync(fileOf('ann'))
    mkdirSync(fileOf('ann'), { mode: 0o700 })
    await expect(historyFile(directory).load('ann', 9)).rejects.toThrow('it is no file')
    await expect(historyFile(directory).append('ann', 'x')).rejects.toThrow('EISDIR')
  })
})
