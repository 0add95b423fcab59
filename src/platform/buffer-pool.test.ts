import { expect, it } from 'vitest'
import { BufferPool, MOST_POOLED, POOLED_BYTES } from './buffer-pool.ts'

it('what is given back is used again, and nothing before', () => {
  const pool = new BufferPool()
  const [one, two] = [pool.take(), pool.take()]
  if (one === undefined) throw new Error('none')
  expect([one.length, one === two, pool.free]).toEqual([POOLED_BYTES, false, 0])
  pool.giveBack(one)
  expect(pool.free).toBe(1)
  expect([pool.take() === one, pool.free]).toEqual([true, 0])
})

it('has so many and no more, until one is given back', () => {
  const pool = new BufferPool()
  const all = Array.from({ length: MOST_POOLED }, () => pool.take())
  expect(new Set(all).size).toBe(MOST_POOLED)
  expect(all).not.toContain(undefined)
  expect(pool.take()).toBeUndefined()
  pool.giveBack(all[7] ?? Buffer.alloc(0))
  expect(pool.take()).toBe(all[7])
  expect(pool.take()).toBeUndefined()
})
