import { describe, expect, it } from 'vitest'
import { ColumnTracker } from './column.ts'

function columnAfter(output: string, size: number, columns: number): number | undefined {
  const tracker = new ColumnTracker()
  for (let at = 0; at < output.length; at += size) tracker.write(output.slice(at, at + size), columns)
  return tracker.column
}

describe('ColumnTracker', () => {
  it.each<[string, number | undefined]>([
    ['', 0],
    ['hello', 5],
    ['hello\n', 0],
    ['one\ntwo', 3],
    ['one\rtw', 2],
    ['ab\b\b\bc', 1],
    ['\tx', 9],
    ['1234567\tx', 9],
    ['12345678\tx', 17],
    ['123456789012345678\tx', 20],
    ['日本é', 5],
    ['e\u0301', 1],
    ['12345678901234567890', 20],
    ['123456789012345678901', 1],
    ['12345678901234567890\b', 18],
    ['1234567890123456789日', 2],
    ['12345678901234567890\n', 0],
    ['\x1b[1;31mred\x1b[0m', 3],
    ['a\x1b[K\x1b[2J\x1b[?25lb', 2],
    ['a\x1b]0;a long title\x07b\x1b]8;;http://x\x1b\\c', 3],
    ['a\x1b(Bb\x1b=c', 3],
    ['a\x1b[5Cb', undefined],
    ['a\x1b[H', undefined],
    ['a\x1b7b', undefined],
    ['a\x1b[Hb\nc', 1],
    ['a\x1b[H\rc', 1],
    ['bell\x07', 4],
  ])('after %j on 20 columns the cursor is in column %j, however it is written', (output, column) => {
    for (let size = 1; size <= output.length; size++)
      expect({ size, column: columnAfter(output, size, 20) }).toEqual({ size, column })
    expect(columnAfter(output, output.length + 1, 20)).toBe(column)
  })

  it('is at the start only when it is known to be', () => {
    const tracker = new ColumnTracker()
    expect(tracker.atStart).toBe(true)
    tracker.write('\x1b[', 80)
    expect(tracker.atStart).toBe(false)
    tracker.write('m', 80)
    expect(tracker.atStart).toBe(true)
    tracker.write('\x1b[5C', 80)
    expect(tracker.atStart).toBe(false)
    tracker.reset()
    expect(tracker.atStart).toBe(true)
  })

  it('gives up a sequence that never ends', () => {
    const tracker = new ColumnTracker()
    tracker.write('\x1b]', 80)
    for (let piece = 0; piece < 1000; piece++) tracker.write('x'.repeat(100), 80)
    tracker.write('\rab', 80)
    expect(tracker.column).toBe(2)
  })
})
