import { expect, it } from 'vitest'
import { Waiters } from './waiters.ts'

it('releases all who wait, once, in their order', async () => {
  const waiters = new Waiters()
  const released: string[] = []
  waiters.release()
  void waiters.wait().then(() => released.push('first'))
  void waiters.wait().then(() => released.push('second'))
  expect(waiters.empty).toBe(false)
  waiters.release()
  expect(waiters.empty).toBe(true)
  void waiters.wait().then(() => released.push('third'))
  await Promise.resolve()
  expect(released).toEqual(['first', 'second'])
})
