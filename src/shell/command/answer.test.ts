import { describe, expect, it } from 'vitest'
import { answerKind, piecesOf } from './answer.ts'
import type { Stream } from './answer.ts'

function* generator(): Generator<string, void> {
  yield 'a'
}
async function* asynchronous(): AsyncGenerator<string, void> {
  yield 'a'
}

describe('the kind of an answer', () => {
  it.each([
    ['undefined', undefined, 'nothing'],
    ['null', null, 'nothing'],
    ['text', 'text', 'text'],
    ['no text', '', 'text'],
    ['a generator', generator(), 'stream'],
    ['an asynchronous generator', asynchronous(), 'stream'],
    ['a web stream', new ReadableStream(), 'stream'],
    ['a number', 0, 'value'],
    ['a bigint', 3n, 'value'],
    ['false', false, 'value'],
    ['a list', ['a'], 'value'],
    ['a set', new Set(['a']), 'value'],
    ['a map', new Map(), 'value'],
    ['a date', new Date(0), 'value'],
    ['a record', { next: 'page' }, 'value'],
    ['a record without a prototype', Object.create(null), 'value'],
  ])('of %s', (_, answer, kind) => {
    expect(answerKind(answer)).toBe(kind)
  })
})

describe('the pieces of a stream', () => {
  const all = async (stream: Stream) => {
    const pieces = piecesOf(stream)
    const texts: unknown[] = []
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) texts.push(piece.value)
    return texts
  }

  it.each([
    ['a generator', () => generator()],
    ['an asynchronous generator', () => asynchronous()],
    ['anything with Symbol.asyncIterator', () => ({ [Symbol.asyncIterator]: () => asynchronous() })],
  ])('come from %s', async (_, make) => {
    expect(await all(make())).toEqual(['a'])
  })

  it('can be abandoned: the `finally` of their generator runs', () => {
    const seen: string[] = []
    const pieces = piecesOf(
      (function* () {
        try {
          yield 'a'
        } finally {
          seen.push('finally')
        }
      })(),
    )
    void pieces.next()
    pieces.return?.()
    expect(seen).toEqual(['finally'])
  })
})
