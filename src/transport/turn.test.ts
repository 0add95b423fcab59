import { expect, it } from 'vitest'
import { SHARE } from '../core/clock.ts'
import { ALL_SHARES, flushAfterTurn, runInTurn, SHARED_TURN, shareOfTurn } from './turn.ts'

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

/** Works, in the eyes of the clock, longer than all may together. */
function workTooLong(): void {
  const end = performance.now() + SHARED_TURN
  while (performance.now() < end);
}

it('whoever has worked long enough goes on in order, when what the others have written has left', async () => {
  const seen: string[] = []
  runInTurn(() => seen.push('first'))
  runInTurn(() => seen.push('second'))
  flushAfterTurn({ flush: () => seen.push('others') })
  expect(seen).toEqual([])
  await nextTurn()
  expect(seen).toEqual(['others', 'first', 'second'])
})

it('what one leads to in promises is done before the next has its turn', async () => {
  const seen: string[] = []
  runInTurn(() => void Promise.resolve().then(() => Promise.resolve().then(() => seen.push('first'))))
  runInTurn(() => seen.push('second'))
  await nextTurn()
  expect(seen).toEqual(['first', 'second'])
})

it('all of them together make no turn longer than it may be: the rest have the next', async () => {
  const seen: string[] = []
  for (const name of ['a', 'b', 'c']) {
    runInTurn(() => {
      seen.push(name)
      workTooLong()
    })
  }
  await nextTurn()
  expect(seen).toEqual(['a'])
  runInTurn(() => seen.push('d'))
  for (let turn = 0; turn < 4; turn++) await nextTurn()
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
})

it('whoever is alone and asks again has all of the time, not a turn for each share', async () => {
  let shares = 0
  const work = (): void => {
    shares += 1
    if (shares < 5) runInTurn(work)
  }
  runInTurn(work)
  await nextTurn()
  expect(shares).toBe(5)
})

it('each has a share of a turn, until all together have had as much as a turn has; the next one has as much again', async () => {
  const begun = performance.now()
  const first = shareOfTurn()
  expect(first).toBeGreaterThanOrEqual(begun + SHARE)
  while (performance.now() < begun + ALL_SHARES + SHARE);
  expect(shareOfTurn()).toBeLessThanOrEqual(performance.now())
  await nextTurn()
  expect(shareOfTurn()).toBeGreaterThan(performance.now())
})
