import { expect, it } from 'vitest'
import type { OutputStream } from '../../core/connection.ts'
import { TERMINAL_TEXT } from '../../core/text/text-encoding.ts'
import type { Content } from './content.ts'
import { OutboxQueue } from './outbox-queue.ts'
import type { OutboxPiece } from './outbox-queue.ts'

function push(queue: OutboxQueue, ...pieces: readonly OutboxPiece[]): void {
  for (const piece of pieces) queue.push(piece)
}

function taken(queue: OutboxQueue): [OutputStream | undefined, readonly Content[]][] {
  const all: [OutputStream | undefined, readonly Content[]][] = []
  while (!queue.empty) all.push([queue.takeStream(), queue.takeContents()])
  return all
}

it('gives content back stream by stream', () => {
  const queue = new OutboxQueue()
  expect(queue.empty).toBe(true)
  push(queue, 'a', 'b', { stream: 'stderr' }, { stream: 'stdout' }, 'c', { stream: 'stderr' })
  expect(taken(queue)).toEqual([
    [undefined, ['a', 'b']],
    ['stdout', ['c']],
    ['stderr', []],
  ])
})

it.each([1, 2, 3])('puts back %s pieces before what was pushed meanwhile', count => {
  const queue = new OutboxQueue()
  push(queue, 'a', 'b', { stream: 'stderr' }, 'd', { stream: 'stdout' }, 'e')
  queue.takeContents()
  queue.push('f')
  const rest = ['x', 'y', 'z'].slice(0, count)
  queue.putBack(rest)
  expect(taken(queue)).toEqual([
    [undefined, rest],
    ['stderr', ['d']],
    ['stdout', ['e', 'f']],
  ])
})

it('encodes the text behind the last bytes alone', () => {
  const queue = new OutboxQueue()
  push(queue, 'a\n', Uint8Array.of(1), 'b\n')
  expect(queue.encodeText(TERMINAL_TEXT)).toBe(1)
  expect(queue.takeContents()).toEqual(['a\n', Uint8Array.of(1), Buffer.from('b\r\n')])
})

it('costs the same for each piece: a million that alternate are taken, and half of them put back', () => {
  const queue = new OutboxQueue()
  for (let i = 0; i < 500_000; i++) push(queue, { stream: i % 2 ? 'stderr' : 'stdout' }, `${i}`)
  const order: Content[] = []
  for (let turn = 0; !queue.empty; turn++) {
    queue.takeStream()
    const contents = queue.takeContents()
    if (turn % 2 === 0) queue.putBack(contents)
    else order.push(...contents)
  }
  expect(order).toEqual(Array.from({ length: 500_000 }, (_, i) => `${i}`))
})
