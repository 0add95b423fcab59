import { describe, expect, it } from 'vitest'
import { adopt, MAX_HISTORY_CHARS, remember, type HistoryPolicy } from './entries.ts'

describe('remember', () => {
  it.each<[string, string[], string, HistoryPolicy | undefined, string[]]>([
    ['adds at the end', ['a'], 'b', undefined, ['a', 'b']],
    ['keeps no blank line', ['a'], ' \t', undefined, ['a']],
    ['ignores what repeats the last entry', ['a', 'b'], 'b', undefined, ['a', 'b']],
    ['keeps what repeats an earlier one', ['a', 'b'], 'a', undefined, ['a', 'b', 'a']],
    ['keeps every repetition', ['a'], 'a', { duplicates: 'keep' }, ['a', 'a']],
    ['erases earlier ones', ['a', 'b', 'a'], 'a', { duplicates: 'erase' }, ['b', 'a']],
    ['forgets the oldest', ['a', 'b'], 'c', { size: 2 }, ['b', 'c']],
    ['keeps nothing at size 0', ['a'], 'b', { size: 0 }, []],
    ['keeps lines with newlines as one entry', [], 'a\nb', undefined, ['a\nb']],
  ])('%s', (_, entries, line, policy, expected) => {
    remember(entries, line, policy)
    expect(entries).toEqual(expected)
  })
})

it('entries of another history are adopted by the same policy, the oldest going first', () => {
  const entries = ['a', 'b']
  adopt(entries, ['b', ' ', 'c', 'a', 'a'], { size: 4 })
  expect(entries).toEqual(['a', 'b', 'c', 'a'])
  adopt(entries, ['d', 'b'], { size: 4, duplicates: 'erase' })
  expect(entries).toEqual(['c', 'a', 'd', 'b'])
  adopt(entries, ['x'.repeat(MAX_HISTORY_CHARS - 1), 'e', 'f'])
  expect(entries.map(entry => entry.length)).toEqual([1, 1])
})
