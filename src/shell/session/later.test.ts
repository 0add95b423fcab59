import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { ManualClock } from '../../testing/manual-clock.ts'
import { Later } from './later.ts'

function later() {
  const clock = new ManualClock()
  const turns: (() => void)[] = []
  clock.nextTurn = run => void turns.push(run)
  return { later: new Later(clock), turns }
}

it('one thing is done in a turn, in order, also what comes meanwhile', () => {
  const { later: queue, turns } = later()
  const done: string[] = []
  const add = (...names: string[]): void => {
    for (const name of names) queue.do(() => void done.push(name))
  }
  add('a', 'b')
  turns.shift()!()
  expect(done).toEqual(['a'])
  add('c')
  while (turns.length > 0) {
    expect(turns).toHaveLength(1)
    turns.shift()!()
  }
  expect(done).toEqual(['a', 'b', 'c'])
  add('d')
  expect(turns).toHaveLength(1)
})

it('what is done is kept no longer, though there be always something to do', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { later: queue, turns } = later()
  const loop = (): void => queue.do(loop)
  loop()
  loop()
  collect()
  const before = getHeapStatistics().used_heap_size
  for (let i = 0; i < 1_000_000; i++) turns.shift()!()
  collect()
  expect(getHeapStatistics().used_heap_size - before).toBeLessThan(1024 * 1024)
})
