import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { LogFields } from '../../core/log.ts'
import { SILENT } from '../../core/log.ts'
import { MAX_HISTORY_CHARS } from '../../editor/history/entries.ts'
import { MemoryHistory } from '../../editor/history/store.ts'
import type { HistoryStore } from '../../editor/history/store.ts'
import { connect } from '../../testing/index.ts'
import type { ConnectOptions } from '../../testing/index.ts'
import type { HistoryOptions } from '../settings/line-options.ts'
import { HISTORY_GRACE } from './history.ts'
import { createShell } from '../shell.ts'

const named = (history: HistoryOptions = {}) =>
  createShell({ history })
    .command('echo <text...>', 'Echo.', () => {})
    .command('ask', 'Ask.', async (_, session) => void (await session.readLine('', { echo: false })))
    .command('passwd [password]', 'Takes its argument out of the history.', (_, { history: inputs }) => {
      inputs.pop()
    })

const as = (name: string, more: ConnectOptions = {}): ConnectOptions => ({
  identity: { name, user: name, proved: true },
  ...more,
})

/** A store that answers on request. */
function slowStore(entries: readonly string[]): HistoryStore & { arrive: () => void } {
  let arrive = () => {}
  const loaded = new Promise<readonly string[]>(resolve => (arrive = () => resolve(entries)))
  return { load: () => loaded, append() {}, clear() {}, arrive }
}

describe('the history of a user', () => {
  it('is there in the next session, and in no other user’s', () => {
    const shell = named()
    connect(shell, as('ann')).enter('echo 1').enter('echo 2').disconnect()
    connect(shell, as('bob')).enter('echo 3')
    expect(connect(shell, as('ann')).session.history).toEqual(['echo 1', 'echo 2'])
    expect(connect(shell, as('bob')).session.history).toEqual(['echo 3'])
  })

  it('is recalled as one’s own', async () => {
    const shell = named()
    connect(shell, as('ann')).enter('echo "a').enter('b"')
    const user = connect(shell, as('ann')).press('Up')
    expect((await user.screen()).rows).toEqual(['> echo "a', '... b"'])
  })

  it('is not shown to whoever merely gives the same name, unless a store was chosen for that', () => {
    const store = new MemoryHistory()
    const claimed = { identity: { name: 'ann', user: 'ann' } }
    for (const [shell, found] of [
      [named(), []],
      [named({ store }), ['echo 1']],
    ] as const) {
      connect(shell, claimed).enter('echo 1').disconnect()
      expect(connect(shell, claimed).session.history).toEqual(found)
    }
  })

  it('is bounded in all, however long its lines are', () => {
    const user = connect(createShell({ history: { size: 1000 } }))
    for (let n = 0; n < 100; n++) user.enter(`x${n} ${'y'.repeat(60_000)}`)
    expect(user.session.history.join('').length).toBeLessThanOrEqual(MAX_HISTORY_CHARS)
    expect(user.session.history.at(-1)).toMatch(/^x99 /)
  })

  it('ends with the session where nobody has a name, on pipes, and for single commands', () => {
    const asked: string[] = []
    const store: HistoryStore = {
      load: user => (asked.push(user), []),
      append: user => void asked.push(user),
      clear() {},
    }
    connect(named({ store })).enter('echo 1').disconnect()
    connect(named({ store }), as('ann', { terminal: false }))
      .enter('echo 1')
      .disconnect()
    expect(asked).toEqual([])
  })

  it('never gets what was typed unseen, nor what a command has taken out again', async () => {
    const shell = named()
    const user = connect(shell, as('ann')).enter('passwd hunter2').enter('ask').enter('hunter2')
    await user.settled()
    user.enter('echo 1').disconnect()
    expect(connect(shell, as('ann')).session.history).toEqual(['ask', 'echo 1'])
  })

  it('gets the input whose command ends the session', () => {
    const shell = named()
    connect(shell, as('ann')).enter('exit')
    expect(connect(shell, as('ann')).session.history).toEqual(['exit'])
  })

  it('is bounded, and keeps duplicates or not', () => {
    const lines = ['echo 1', 'echo 2', 'echo 2', 'echo 1']
    const kept = (history: HistoryOptions) => {
      const user = connect(named(history))
      for (const line of lines) user.enter(line)
      return user.session.history
    }
    expect(kept({})).toEqual(['echo 1', 'echo 2', 'echo 1'])
    expect(kept({ duplicates: 'keep' })).toEqual(lines)
    expect(kept({ duplicates: 'erase' })).toEqual(['echo 2', 'echo 1'])
    expect(kept({ size: 2 })).toEqual(['echo 2', 'echo 1'])
    expect(kept({ size: 0 })).toEqual([])
  })

  it('refuses options that cannot be meant', () => {
    expect(() => named({ size: -1 })).toThrow('The option history.size cannot be -1: it is a whole number, 0 or more.')
    expect(() => named({ duplicates: 'drop' as 'keep' })).toThrow("history.duplicates cannot be 'drop'")
  })
})

describe('a store that takes its time', () => {
  it('is waited for with the first prompt', async () => {
    const store = slowStore(['echo old'])
    const user = connect(named({ store }), as('ann'))
    await user.settled()
    expect(user.output).toBe('')
    store.arrive()
    await user.settled()
    expect(user.output).toBe('> ')
    expect((await user.press('Up').screen()).rows).toEqual(['> echo old'])
    expect(user.clock.pending).toBe(0)
  })

  it('is not waited for longer than a moment, and is there at the next line', async () => {
    const store = slowStore(['echo old'])
    const user = connect(named({ store }), as('ann'))
    await user.clock.advance(HISTORY_GRACE)
    expect(user.output).toBe('> ')
    store.arrive()
    await user.settled()
    user.press('Up').enter('echo new').press('Up', 'Up')
    expect((await user.screen()).rows.at(-1)).toBe('> echo old')
    expect(user.session.history).toEqual(['echo old', 'echo new'])
  })

  it.each([
    ['throws', () => { throw new Error('disk') }], // prettier-ignore
    ['rejects', () => Promise.reject(new Error('disk'))],
  ])('that %s is logged, and the session goes on', async (_, fail) => {
    const errors: LogFields[] = []
    const store: HistoryStore = { load: fail, append: fail, clear() {} }
    const user = connect(named({ store }), as('ann', { log: { ...SILENT, error: fields => void errors.push(fields) } }))
    await user.settled()
    user.enter('echo 1').enter('echo 2')
    await user.settled()
    expect(user.output).toBe('> echo 1\n> echo 2\n> ')
    expect(errors.map(({ err }) => String(err))).toEqual(['Error: disk', 'Error: disk', 'Error: disk'])
  })
})

describe.each([
  [true, 'are shared by'],
  [false, 'are copied for'],
])('where a store says of its sharing %s', (sharesEntries, verb) => {
  it(`its entries ${verb} all sessions`, () => {
    const [sessions, length] = [50, 400_000]
    const entry = Buffer.alloc(length, 'x').toString('latin1')
    const shell = named({ store: { sharesEntries, load: () => [entry], append() {}, clear() {} } })
    const before = heapAfterCollection()
    const users = Array.from({ length: sessions }, () => connect(shell, as('ann')))
    const grown = heapAfterCollection() - before
    expect(users.map(({ session }) => session.history[0]?.length)).toEqual(users.map(() => length))
    expect(grown > (sessions * length) / 2).toBe(!sharesEntries)
  })
})

describe('MemoryHistory', () => {
  it('keeps so many users, the last ones, and so many entries of each', () => {
    const store = new MemoryHistory(2)
    for (let index = 0; index < 10_000; index++) store.append('ann', `line ${index}`)
    expect(store.load('ann', 3)).toEqual(['line 9997', 'line 9998', 'line 9999'])
    expect(store.load('ann', Infinity).length).toBeLessThanOrEqual(2000)
    store.append('bob', 'x')
    store.append('ann', 'y')
    store.append('cid', 'z')
    expect([store.load('bob', 9), store.load('ann', 1), store.load('cid', 9)]).toEqual([[], ['y'], ['z']])
    store.clear('ann')
    expect(store.load('ann', 9)).toEqual([])
  })
})

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
