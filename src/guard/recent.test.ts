import { expect, it } from 'vitest'
import { Recent } from './recent.ts'

it('what is remembered is what was used last, and no more of it than may be', () => {
  const recent = new Recent<string, number>(2)
  let made = 0
  const use = (key: string) => recent.use(key, () => (made += 1))
  expect([use('a'), use('b'), use('a'), use('c'), use('a')]).toEqual([1, 2, 1, 3, 1])
  expect(recent.size).toBe(2)
  expect(use('b')).toBe(4)
  recent.delete('b')
  expect(recent.size).toBe(1)
})
