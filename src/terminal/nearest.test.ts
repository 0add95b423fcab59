import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

it.each([
  ['hepl', 'help'],
  ['HELP', 'help'],
  ['histor', 'history'],
  ['exti', 'exit'],
  ['xyzzy', undefined],
  ['', undefined],
])('nearest to %j is %j', (word, near) => {
  expect(nearest(word, ['help', 'history', 'exit', 'hello'])).toBe(near)
})
