import { expect, it } from 'vitest'
import { TIME_SLICE_MS } from '../core/time/scheduler.ts'
import { ALL_SLICES_MS, DEFERRED_MS } from './scheduler.ts'
import type { Flushable } from './scheduler.ts'
import { WorkedTurns } from './scheduler.suite.ts'

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

it('whoever has worked long enough goes on in order, when what the others have written has left', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  turns.defer(() => seen.push('first'))
  turns.defer(() => seen.push('second'))
  turns.flushFirst({ place: undefined, flush: () => seen.push('others') })
  expect(seen).toEqual([])
  await nextTurn()
  expect(seen).toEqual(['others', 'first', 'second'])
})

it('what one leads to in promises is done before the next has its turn', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  turns.defer(() => void Promise.resolve().then(() => Promise.resolve().then(() => seen.push('first'))))
  turns.defer(() => seen.push('second'))
  await nextTurn()
  expect(seen).toEqual(['first', 'second'])
})

it('all of them together make no turn longer than it may be: the rest have the next', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  const run = (name: string, ms: number): void => {
    turns.defer(() => {
      seen.push(name)
      turns.work(ms)
    })
  }
  run('a', DEFERRED_MS / 2)
  run('b', DEFERRED_MS / 2)
  run('c', DEFERRED_MS)
  run('d', DEFERRED_MS)
  await nextTurn()
  expect(seen).toEqual(['a', 'b'])
  run('e', DEFERRED_MS)
  for (const expected of ['c', 'd', 'e']) {
    await nextTurn()
    expect(seen.at(-1)).toBe(expected)
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
})

it('whoever is alone and asks again has all of the time, not a turn for each share', async () => {
  const turns = new WorkedTurns()
  let shares = 0
  const run = (): void => {
    shares += 1
    turns.work(DEFERRED_MS / 10)
    turns.defer(run)
  }
  turns.defer(run)
  await nextTurn()
  expect(shares).toBeGreaterThanOrEqual(10)
  expect(shares).toBeLessThanOrEqual(11)
})

it('whoever throws keeps nobody from their turn', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  const thrown = new Promise<unknown>(resolve => process.once('uncaughtException', resolve))
  turns.defer(() => {
    throw new Error('a bug')
  })
  turns.defer(() => seen.push('next'))
  expect(await thrown).toHaveProperty('message', 'a bug')
  await nextTurn()
  expect(seen).toEqual(['next'])
})

it('each has a share of a turn, until all together have had as much as a turn has; the next one has as much again', async () => {
  const turns = new WorkedTurns()
  const begun = 1000
  expect(turns.sliceEnd()).toBe(begun + TIME_SLICE_MS)
  turns.work(ALL_SLICES_MS - TIME_SLICE_MS / 2)
  expect(turns.sliceEnd()).toBe(begun + ALL_SLICES_MS)
  turns.work(TIME_SLICE_MS)
  expect(turns.sliceEnd()).toBe(begun + ALL_SLICES_MS)
  await nextTurn()
  expect(turns.sliceEnd()).toBe(begun + ALL_SLICES_MS + TIME_SLICE_MS / 2 + TIME_SLICE_MS)
})

it('what is sent when a turn is over counts as that turn’s: the next one has all of its time', async () => {
  const turns = new WorkedTurns()
  turns.flushFirst({
    place: undefined,
    flush: () => {
      turns.sliceEnd()
      turns.work(ALL_SLICES_MS)
    },
  })
  await nextTurn()
  expect(turns.sliceEnd()).toBe(1000 + ALL_SLICES_MS + TIME_SLICE_MS)
})

/** Throws when it is flushed. */
function faulty(): Flushable {
  return {
    place: undefined,
    flush: () => {
      throw new Error('a bug')
    },
  }
}

it('whoever throws when a turn is over keeps nobody from being sent, nor from their turn', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  const thrown = new Promise<unknown>(resolve => process.once('uncaughtException', resolve))
  turns.defer(() => seen.push('turn'))
  turns.flushFirst(faulty())
  turns.flushFirst({ place: undefined, flush: () => seen.push('sent') })
  expect(await thrown).toHaveProperty('message', 'a bug')
  for (let turn = 0; turn < 3; turn++) await nextTurn()
  expect(seen.sort()).toEqual(['sent', 'turn'])
})

/** Sends for `ms` milliseconds, and records its name. */
function sender(turns: WorkedTurns, seen: string[], name: string, ms = 0): Flushable {
  return {
    place: undefined,
    flush: () => {
      seen.push(name)
      turns.work(ms)
    },
  }
}

it('answers are sent first, and what answers nobody behind them, in order', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  for (const name of ['a', 'b']) turns.flushBehind(sender(turns, seen, name))
  turns.defer(() => seen.push('turn'))
  for (const name of ['answer', 'another']) turns.flushFirst(sender(turns, seen, name))
  await nextTurn()
  expect(seen).toEqual(['answer', 'another', 'a', 'b', 'turn'])
})

it('whoever is asked something comes first, and is sent once', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  const asked = sender(turns, seen, 'asked')
  turns.flushBehind(sender(turns, seen, 'a'))
  turns.flushBehind(asked)
  turns.flushFirst(asked)
  turns.flushFirst(asked)
  turns.flushBehind(asked)
  await nextTurn()
  await nextTurn()
  expect(seen).toEqual(['asked', 'a'])
  turns.flushBehind(asked)
  await nextTurn()
  expect(seen).toEqual(['asked', 'a', 'asked'])
})

it('what answers nobody makes no turn longer than it may be; the rest is sent in the next turns, and answers before it', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  for (const name of ['a', 'b', 'c', 'd', 'e']) turns.flushBehind(sender(turns, seen, name, DEFERRED_MS / 2))
  await nextTurn()
  expect(seen).toEqual(['a', 'b'])
  turns.flushFirst(sender(turns, seen, 'answer', ALL_SLICES_MS))
  turns.flushBehind(sender(turns, seen, 'f'))
  await nextTurn()
  expect(seen.slice(2)).toEqual(['answer', 'c', 'd'])
  await nextTurn()
  expect(seen.slice(5)).toEqual(['e', 'f'])
})

it('whoever throws then keeps none of the others from being sent', async () => {
  const turns = new WorkedTurns()
  const seen: string[] = []
  const thrown = new Promise<unknown>(resolve => process.once('uncaughtException', resolve))
  turns.flushBehind(faulty())
  turns.flushBehind(sender(turns, seen, 'next'))
  expect(await thrown).toHaveProperty('message', 'a bug')
  await nextTurn()
  expect(seen).toEqual(['next'])
})

it('whoever comes back while they are flushed has the next turn', async () => {
  const turns = new WorkedTurns()
  let flushes = 0
  const again: Flushable = {
    place: undefined,
    flush: () => {
      flushes += 1
      turns.flushBehind(again)
    },
  }
  turns.flushBehind(again)
  await nextTurn()
  expect(flushes).toBe(1)
  await nextTurn()
  expect(flushes).toBe(2)
})
