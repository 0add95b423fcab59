import { expect, it } from 'vitest'
import { BufferPool, MOST_POOLED, POOLED_BYTES } from '../../platform/buffer-pool.ts'
import type { Content } from './content.ts'
import { sendPooled } from './send-pooled.ts'
import type { SendTarget } from './send-pooled.ts'
import { TERMINAL_TEXT } from '../../core/text/text-encoding.ts'

/** Sends all, one buffer after another. */
function sendAll(pool: BufferPool, to: SendTarget, contents: readonly Content[]): void {
  for (let rest = contents; rest.length > 0;) rest = sendPooled(pool, to, TERMINAL_TEXT, rest)
}

function target() {
  const writes: Buffer[] = []
  const sent: (() => void)[] = []
  const write = (data: string | Uint8Array, done?: () => void): void => {
    writes.push(Buffer.from(data as Uint8Array))
    if (done !== undefined) sent.push(done)
  }
  return { writes, sent, write }
}

const LINES = `${'x'.repeat(200)}\n`.repeat(40) + 'é日👧\n'.repeat(300) + '\n\r\n\r'.repeat(300)

it.each<[string, (string | Uint8Array)[]]>([
  ['text', ['one', 'two', 'three']],
  ['text and bytes', ['one', Uint8Array.of(255, 0, 255), 'é日本👩‍👩‍👧']],
  ['more than fits in one', ['x'.repeat(100_000), Buffer.alloc(300_000, 7), '日'.repeat(200_000)]],
  ['characters beyond U+FFFF, at each place', ['👧'.repeat(50_000), `x${'👧'.repeat(50_000)}`]],
  [
    'lines, long ones, short ones and empty ones',
    [LINES, LINES.repeat(20), `${'x'.repeat(30_000)}${'\n'.repeat(90_000)}`],
  ],
  [
    'lines that need most room',
    ['\n'.repeat(200_000), '\r'.repeat(200_000), '日\n'.repeat(60_000), '\r\n'.repeat(60_000)],
  ],
  ['a CR LF, at each place', ['x\r\n'.repeat(50_000), `y${'x\r\n'.repeat(50_000)}`, `yy${'x\r\n'.repeat(50_000)}`]],
  ['half a character', ['\ud83d', 'x', '\udc67', `${'x'.repeat(16 * 1024 - 1)}\ud83d`]],
])('%s comes out whole and in order', (_, contents) => {
  const { writes, write } = target()
  sendAll(new BufferPool(), { write }, contents)
  const whole = contents.map(content =>
    Buffer.from(typeof content === 'string' ? TERMINAL_TEXT.encodeText(content) : content),
  )
  expect(Buffer.concat(writes).equals(Buffer.concat(whole))).toBe(true)
  expect(Math.max(...writes.map(({ length }) => length))).toBeLessThanOrEqual(POOLED_BYTES)
})

it('what fits leaves in one write', () => {
  const { writes, write } = target()
  sendAll(new BufferPool(), { write }, ['x'.repeat(40_000), 'y'.repeat(30_000)])
  expect(writes.map(({ length }) => length)).toEqual([70_000])
})

it('memory is used again when it has been sent, and not before', () => {
  const pool = new BufferPool()
  const { writes, sent, write } = target()
  sendAll(pool, { write }, ['x'.repeat(POOLED_BYTES)])
  expect([writes.length, sent.length, pool.free]).toEqual([2, 2, 0])
  sent[1]?.()
  expect(pool.free).toBe(1)
  sendAll(pool, { write }, ['y'])
  expect(pool.free).toBe(0)
  sent[0]?.()
  expect(pool.free).toBe(1)
})

it('nothing to send is no write, and takes no memory away', () => {
  const pool = new BufferPool()
  const { writes, write } = target()
  sendAll(pool, { write }, ['', new Uint8Array(0)])
  expect([writes.length, pool.free]).toEqual([0, 1])
})

it('what has not been sent stays as it is, whatever others are sent meanwhile', () => {
  const pool = new BufferPool()
  const slow: Uint8Array[] = []
  const done: (() => void)[] = []
  const reader = {
    write: (data: string | Uint8Array, sent?: () => void) => void (slow.push(data as Uint8Array), done.push(sent!)),
  }
  const quick = { write: (_: string | Uint8Array, sent?: () => void) => sent?.() }
  sendAll(pool, reader, ['a'.repeat(200_000)])
  for (let i = 0; i < 10; i++) sendAll(pool, quick, ['b'.repeat(200_000)])
  expect(Buffer.concat(slow).toString()).toBe('a'.repeat(200_000))
  for (const sent of done) sent()
  expect(pool.free).toBeGreaterThanOrEqual(slow.length)
})

it('where all memory is in use it is sent without', () => {
  const pool = new BufferPool()
  for (let i = 0; i < MOST_POOLED - 1; i++) pool.take()
  const { writes, sent, write } = target()
  const text = `${'x\r\n'.repeat(30_000)}${'👧'.repeat(50_000)}\n`
  sendAll(pool, { write }, [text, Buffer.alloc(100_000, 7)])
  expect(
    Buffer.concat(writes).equals(
      Buffer.concat([Buffer.from(TERMINAL_TEXT.encodeText(text)), Buffer.alloc(100_000, 7)]),
    ),
  ).toBe(true)
  expect(sent).toHaveLength(1)
})
