import { expect, it } from 'vitest'
import { TIME_SLICE_MS } from '../../core/time/scheduler.ts'
import { settled } from '../../testing/manual-clock.ts'
import { BufferPool } from '../../platform/buffer-pool.ts'
import { Outbox } from './outbox.ts'
import type { OutboxTarget } from './outbox.ts'
import { TERMINAL_TEXT } from '../../core/text/text-encoding.ts'
import { ALL_SLICES_MS, DEFERRED_MS } from '../../platform/scheduler.ts'
import { WorkedTurns } from '../../platform/scheduler.suite.ts'

/** `took`: milliseconds that each write takes. */
function outbox(took = 0, turns = new WorkedTurns()) {
  const sent: (string | Uint8Array)[] = []
  const write = (data: string | Uint8Array): void => {
    sent.push(data)
    turns.work(took)
  }
  return {
    sent,
    out: new Outbox({ write, writableLength: 0 }, TERMINAL_TEXT, undefined, turns),
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

it('text before bytes is encoded by what is agreed when they are written', async () => {
  const sent: string[] = []
  let end = '1'
  const turns = new WorkedTurns()
  const write = (data: string | Uint8Array): void => void sent.push(Buffer.from(data as Uint8Array).toString())
  const out = new Outbox(
    { write, writableLength: 0 },
    { ...TERMINAL_TEXT, encodeText: text => text + end },
    undefined,
    turns,
  )
  const long = 'x'.repeat(5000)
  out.text('a')
  out.text(long)
  out.bytes(Uint8Array.of(98))
  end = '2'
  out.text(long)
  out.text('c')
  await turns.over()
  expect(sent).toEqual([`a1${long}1b${long}2c2`])
})

it('a session that has had its share waits for the others’ turn, and then goes on', async () => {
  const { sent, out } = outbox(TIME_SLICE_MS / 4)
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
  const outs = Array.from({ length: 10 }, () => outbox(ALL_SLICES_MS / 4, turns))
  for (const { out } of outs) out.text('x'.repeat(64 * 1024))
  expect(outs.map(({ sent }) => sent.length)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
  for (const { out } of outs) await out.nextTurn
  expect(outs.map(({ sent }) => sent.length)).toEqual(outs.map(() => 1))
})

it('a little is sent when the turn is over, whatever the others have had of it', async () => {
  const turns = new WorkedTurns()
  const [much, little] = [outbox(ALL_SLICES_MS, turns), outbox(ALL_SLICES_MS, turns)]
  much.out.text('x'.repeat(64 * 1024))
  much.out.text('x'.repeat(64 * 1024))
  little.out.text('x'.repeat(16 * 1024))
  expect([much.sent.length, little.sent.length]).toEqual([1, 0])
  await turns.over()
  expect([much.out.nextTurn, little.out.nextTurn]).toEqual([expect.any(Promise), undefined])
  expect(little.sent).toHaveLength(1)
})

it('much in each of many turns is sent in each of them', async () => {
  const { sent, out } = outbox(TIME_SLICE_MS / 2)
  for (let turn = 1; turn <= 40; turn++) {
    out.text('x'.repeat(64 * 1024 - 1))
    await settled()
    await settled()
    expect([sent.length, out.nextTurn]).toEqual([turn, undefined])
  }
})

it('who has sent much, and has nothing more to send, waits for nothing', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(ALL_SLICES_MS, turns)
  out.text('x'.repeat(64 * 1024))
  await turns.over()
  out.sendInTurn()
  expect([sent.length, out.nextTurn]).toEqual([1, undefined])
})

it('a little is sent in each turn, though it comes to much in many, and though others have had all of each', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(0, turns)
  for (let turn = 1; turn <= 40; turn++) {
    turns.sliceEnd()
    turns.work(ALL_SLICES_MS)
    out.text('x'.repeat(8 * 1024))
    await turns.over()
    expect([sent.length, out.nextTurn]).toEqual([turn, undefined])
  }
})

it('a little is sent at once behind much that has waited for its turn', async () => {
  const turns = new WorkedTurns()
  const { sent, out } = outbox(TIME_SLICE_MS, turns)
  out.text('x'.repeat(64 * 1024))
  out.text('y'.repeat(64 * 1024))
  await out.nextTurn
  await turns.over()
  expect(sent).toHaveLength(2)
  turns.sliceEnd()
  turns.work(ALL_SLICES_MS)
  out.text('z')
  await turns.over()
  expect([sent.length, out.nextTurn]).toEqual([3, undefined])
})

it('what is written beyond that waits for the turn, or for the end', async () => {
  const piece = 'x'.repeat(256 * 1024)
  const { sent, out } = outbox(TIME_SLICE_MS)
  for (const text of [piece, 'a', piece, 'b']) out.text(text)
  expect([sent.length, out.queued]).toEqual([1, piece.length + 2])
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
  expect([sent, out.queued]).toEqual([[], 0])
})

it('who has asked something is answered before what was written to all others is sent, however much that is', async () => {
  const turns = new WorkedTurns()
  const order: string[] = []
  const named = (name: string): Outbox => {
    const write = (): void => {
      order.push(name)
      turns.work(DEFERRED_MS)
    }
    return new Outbox({ write, writableLength: 0 }, TERMINAL_TEXT, undefined, turns)
  }
  const [told, asked, later] = [named('told'), named('asked'), named('later')]
  for (const out of [told, later, asked]) out.text('News!')
  asked.prioritize()
  asked.text('answer')
  await turns.over()
  expect(order).toEqual(['asked', 'told'])
  later.prioritize()
  await turns.over()
  expect(order).toEqual(['asked', 'told', 'later'])
})

/** A target that keeps its input, as bytes, until `sent` is called. */
function pooled(writableLength = 0) {
  const pool = new BufferPool()
  const turns = new WorkedTurns()
  const writes: { pooled: boolean; text: string }[] = []
  const write = (data: string | Uint8Array, sent?: () => void): void => {
    writes.push({ pooled: sent !== undefined, text: Buffer.from(data as Uint8Array).toString() })
    sent?.()
  }
  return { pool, turns, writes, out: new Outbox({ write, writableLength }, TERMINAL_TEXT, pool, turns) }
}

it('much is sent through memory that is used again, a little is not', async () => {
  const { pool, turns, writes, out } = pooled()
  out.text('little\n')
  await turns.over()
  expect([writes, pool.free]).toEqual([[{ pooled: false, text: 'little\r\n' }], 0])
  const long = 'x'.repeat(20_000)
  out.text('a\n')
  out.text(`${long}\n`)
  out.bytes(Uint8Array.of(98, 10))
  out.text(`${long}\n`)
  out.text('c\n')
  await turns.over()
  expect(writes.slice(1)).toEqual([{ pooled: true, text: `a\r\n${long}\r\nb\n${long}\r\nc\r\n` }])
  expect(pool.free).toBe(1)
})

it('a peer that is behind with reading keeps none of it', async () => {
  const { pool, turns, writes, out } = pooled(1)
  const long = 'x'.repeat(20_000)
  out.text(long)
  out.text(`${long}\n`)
  await turns.over()
  expect([writes, pool.free]).toEqual([[{ pooled: false, text: `${long}${long}\r\n` }], 0])
})

it('a character, and a CR LF, that two long pieces part between them stays whole', async () => {
  const { turns, writes, out } = pooled()
  const long = 'x'.repeat(20_000)
  for (const text of [`${long}\ud83d`, `\udc67${long}\r`, `\n${long}`, 'y\r', `\n${long}`]) out.text(text)
  await turns.over()
  expect(writes.map(({ text }) => text).join('')).toBe(`${long}👧${long}\r\n${long}y\r\n${long}`)
})

it('many single bytes are sent in order, and nothing is kept of empty ones', async () => {
  const { turns, writes, out } = pooled()
  for (let i = 0; i < 1000; i++) out.bytes(new Uint8Array(0))
  await turns.over()
  for (let i = 0; i < 50_000; i++) out.bytes(Uint8Array.of(97 + (i % 26)))
  await turns.over()
  const text = writes.map(write => write.text).join('')
  expect([text.length, text.slice(0, 30)]).toEqual([50_000, 'abcdefghijklmnopqrstuvwxyzabcd'])
})

it('output that alternates between streams leaves in order, in one batch', async () => {
  const sent: string[] = []
  let batches = 0
  let stream = 'stdout'
  const target: OutboxTarget = {
    writableLength: 0,
    write: data => void sent.push(`${stream}: ${String(data)}`),
    selectStream: selected => void (stream = selected),
    batch: work => {
      batches += 1
      work()
    },
  }
  const out = new Outbox(target, TERMINAL_TEXT, undefined, new WorkedTurns())
  for (const [text, selected] of [
    ['a', 'stdout'],
    ['b', 'stderr'],
    ['c', 'stdout'],
  ] as const) {
    // prettier-ignore
    out.selectStream(selected)
    out.text(text)
  }
  await settled()
  expect([sent, batches]).toEqual([['stdout: a', 'stderr: b', 'stdout: c'], 1])
})

it('text that is longer in bytes than in characters holds nothing back that follows it', async () => {
  const { sent, out } = outbox()
  out.text('é\n')
  out.bytes(Uint8Array.of(1))
  expect(out.queued).toBe(5)
  await settled()
  expect(out.queued).toBe(0)
  out.text('more')
  await settled()
  expect(sent).toEqual([Buffer.from('é\r\n\x01'), 'more'])
})
