import { expect, it } from 'vitest'
import { settled } from '../testing/manual-clock.ts'
import { Outbox } from './outbox.ts'

function outbox() {
  const sent: (string | Uint8Array)[] = []
  return {
    sent,
    out: new Outbox({ write: data => sent.push(data) }, { encodeText: text => text.replaceAll('\n', '\r\n') }),
  }
}

it('what is written in a turn leaves in one write, in order', async () => {
  const { sent, out } = outbox()
  out.text('a')
  out.bytes(Uint8Array.of(98))
  out.text('c')
  expect(sent).toEqual([])
  await settled()
  await settled()
  expect(sent).toEqual([Buffer.from('abc')])
})

it('text is encoded in its place, all of a turn at once', async () => {
  const { sent, out } = outbox()
  out.text('a\n')
  out.text('b\n')
  await settled()
  out.text('c\n')
  out.bytes(Uint8Array.of(10))
  out.text('d\n')
  await settled()
  expect(sent).toEqual(['a\r\nb\r\n', Buffer.from('c\r\n\nd\r\n')])
})

it('a session that has handed on its share waits for the others’ turn, and then goes on', async () => {
  const { sent, out } = outbox()
  const piece = 'x'.repeat(64 * 1024)
  let pieces = 0
  while (out.nextTurn === undefined) {
    out.text(piece)
    pieces += 1
  }
  expect(pieces).toBe(4)
  expect(sent).toHaveLength(4)
  await out.nextTurn
  expect(out.nextTurn).toBeUndefined()
  out.text(piece)
  expect(out.nextTurn).toBeUndefined()
})

it('a little in each turn never comes to a share, much in each does', async () => {
  for (const [length, waits] of [
    [16 * 1024, false],
    [64 * 1024 - 1, true],
  ] as const) {
    const { out } = outbox()
    let waited = false
    for (let turn = 0; turn < 40; turn++) {
      out.text('x'.repeat(length))
      await settled()
      waited ||= out.nextTurn !== undefined
    }
    expect(waited).toBe(waits)
  }
})

it('what is written beyond that waits for the turn, or for the end', async () => {
  const piece = 'x'.repeat(256 * 1024)
  const { sent, out } = outbox()
  for (const text of [piece, 'a', piece, 'b']) out.text(text)
  expect([sent.length, out.size]).toEqual([1, piece.length + 2])
  await out.nextTurn
  expect(sent.slice(1)).toEqual([`a${piece}b`])
  out.text('c')
  out.finish()
  out.text('d')
  expect(sent.slice(2)).toEqual(['c'])
})

it('nothing is sent when it is closed', async () => {
  const { sent, out } = outbox()
  out.text('a')
  out.close()
  out.text('b')
  out.bytes(Uint8Array.of(1))
  await settled()
  expect([sent, out.size]).toEqual([[], 0])
})
