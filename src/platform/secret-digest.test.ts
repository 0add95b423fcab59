import { expect, it } from 'vitest'
import { secretDigest } from './secret-digest.ts'

it('says the same of the same text, and of another one something else', () => {
  const digest = secretDigest()
  expect(digest('root')).toBe(digest('root'))
  expect(new Set(['root', 'Root', 'root ', ''].map(digest)).size).toBe(4)
})

it('is one’s own: nobody can work out beforehand what it says', () => {
  expect(secretDigest()('root')).not.toBe(secretDigest()('root'))
})

it('is short, however long the text', () => {
  expect(secretDigest()('x'.repeat(100_000))).toHaveLength(22)
})
