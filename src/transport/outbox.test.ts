import { expect, it } from 'vitest'
import { SHARE } from '../core/clock.ts'
import { settled } from '../testing/manual-clock.ts'
import { Outbox } from './outbox.ts'
import { ALL_SHARES, SHARED_TURN } from './turn.ts'
import { WorkedTurns } from './turns.suite.ts'

/** `took`: milliseconds that each write takes. */
function outbox(took = 0, turns = new WorkedTurns()) {
  const sent: (string | Uint8Array)[] = []
  const write = (data: string | Uint8Array): void => {
    sent.push(data)
    turns.work(took)
  }
  return { sent, out: new Outbox({ write }, { encodeText: text => text.replaceAll('\n', '\r\n') }, turns) }
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

it('a session that has had its share waits for the others’ turn, and then goes on', async () => {
  const { sent, out } = outbox(SHARE / 4)
  const piece = 'x'.repeat(64 * 1024)
  let pieces = 0
  while (out.nextTurn === undefined) {
    out.text(piece)
    pieces += 1
  }
  expect(pieces).toBe(5)
  expect(sent).toHaveLength(4)
  await out.nextTurn
  expect(sent).toHaveLength(5)
  expect(out.nextTurn).toBeUndefined()
  out.text(piece)
  expect(out.nextTurn).toBeUndefined()
})

it('all have no more of a turn than the turn has, however little each has sent', async () => {
  const turns = new WorkedTurns()
  const outs = Array.from({ length: 10 }, () => outbox(ALL_SHARES / 4, turns))
  for (const { out } of outs) out.text('x'.repeat(64 * 1024))
  expect(outs.map(({ sent }) => sent.length)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
  for (const { out } of outs) await out.nextTurn
  expect(outs.map(({ sent }) => sent.length)).toEqual(outs.map(() => 1))
})

it('a little is sent when the turn is over, whatever the others have had of it', async () => {
  const turns = new WorkedTurns()
  const [much, little] = [outbox(ALL_SHARES, turns), outbox(ALL_SHARES, turns)]
  much.out.text('x'.repeat(64 * 1024))
  much.out.text('x'.repeat(64 * 1024))
  little.out.text('x'.repeat(16 * 1024))
  expect([much.sent.length, little.sent.length]).toEqual([1, 0])
  await turns.over()
  expect([much.out.nextTurn, little.out.nextTurn]).toEqual([expect.any(Promise), undefined])
  expect(little.sent).toHaveLength(1)
})

it('much in each of many turns is sent in each of them', async () => {
  const { sent, out } = outbox(SHARE / 2)
  for (let turn = 1; turn <= 40; turn++) {
    out.text('x'.repeat(64 * 1024 - 1))
    await settled()
    await settled()
    expect([sent.length, out.nextTurn]).toEqual([turn, undefined])
  }
})

it('who has sent much, and has nothing more to send, waits for nothing', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(ALL_SHARES, turns)
  out.text('x'.repeat(64 * 1024))
  await turns.over()
  out.sendInTurn()
  expect([sent.length, out.nextTurn]).toEqual([1, undefined])
})

it('a little is sent in each turn, though it comes to much in many, and though others have had all of each', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(0, turns)
  for (let turn = 1; turn <= 40; turn++) {
    turns.share()
    turns.work(ALL_SHARES)
    out.text('x'.repeat(8 * 1024))
    await turns.over()
    expect([sent.length, out.nextTurn]).toEqual([turn, undefined])
  }
})

it('a little is sent at once behind much that has waited for its turn', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(SHARE, turns)
  out.text('x'.repeat(64 * 1024))
  out.text('y'.repeat(64 * 1024))
  await out.nextTurn
  await turns.over()
  expect(sent).toHaveLength(2)
  turns.share()
  turns.work(ALL_SHARES)
  out.text('z')
  await turns.over()
  expect([sent.length, out.nextTurn]).toEqual([3, undefined])
})

it('what is written beyond that waits for the turn, or for the end', async () => {
  const piece = 'x'.repeat(256 * 1024)
  const { sent, out } = outbox(SHARE)
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

it('who has asked something is answered before what was written to all others is sent, however much that is', async () => {
  const turns = new WorkedTurns()
  const order: string[] = []
  const named = (name: string): Outbox => {
    const write = (): void => {
      order.push(name)
      turns.work(SHARED_TURN)
    }
    return new Outbox({ write }, { encodeText: text => text }, turns)
  }
  const [told, asked, later] = [named('told'), named('asked'), named('later')]
  for (const out of [told, later, asked]) out.text('News!')
  asked.asked()
  asked.text('answer')
  await turns.over()
  expect(order).toEqual(['asked', 'told'])
  later.asked()
  await turns.over()
  expect(order).toEqual(['asked', 'told', 'later'])
})
