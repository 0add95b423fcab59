import { expect, it } from 'vitest'
import { TIME_SLICE_MS } from '../../../core/time/scheduler.ts'
import { WorkedTurns } from '../../../platform/scheduler.suite.ts'
import { Channel } from './channel.ts'

/** Makes a channel that notes the data of each packet. `took`: milliseconds that a packet takes. */
function channelOf(
  packetSize: number,
  { turns = new WorkedTurns(), took = 0, window = 2 ** 32 - 1, packets = [] as string[] } = {},
): { channel: Channel; packets: string[]; turns: WorkedTurns; carrier: { hasRoom: boolean } } {
  const data = (_: number, bytes: Buffer, extended: number | undefined): void => {
    packets.push((extended === undefined ? '' : 'stderr: ') + bytes.toString())
    turns.work(took)
  }
  const carrier = { send: () => {}, data, hasRoom: true, unsent: 0, batch: (work: () => void) => work() }
  return { channel: new Channel(carrier, { id: 0, window, packetSize }, turns), packets, turns, carrier }
}

it('output to a peer that takes a byte in a packet leaves others their turns between, and goes whole', async () => {
  const { channel, packets, turns } = channelOf(1, { took: TIME_SLICE_MS / 32 })
  const text = Array.from({ length: 1000 }, (_, i) => i % 10).join('')
  channel.write(text, 'stdout')
  await turns.over()
  await turns.over()
  const first = packets.length
  expect(first).toBeLessThan(100)
  while (packets.length < 1000) await new Promise(resolve => setImmediate(resolve))
  expect(packets.join('')).toBe(text)
})

it('output to a peer that takes packets of the usual size goes in one turn', () => {
  const { channel, packets } = channelOf(32_768)
  channel.write('x'.repeat(256 * 1024), 'stdout')
  channel.resume()
  expect(packets.join('')).toHaveLength(256 * 1024)
})

it('a session that streams does not delay the answer of another', async () => {
  const turns = new WorkedTurns()
  const packets: string[] = []
  const settings = { turns, packets, took: TIME_SLICE_MS }
  const [streaming, other] = [channelOf(32_768, settings).channel, channelOf(32_768, settings).channel]
  const chunk = 'x'.repeat(64 * 1024)
  let writes = 0
  const stream = async (): Promise<void> => {
    for (; writes < 50; writes++) if (!streaming.write(chunk, 'stdout')) await streaming.drained()
  }
  const streamed = stream()
  await turns.over()
  expect(writes).toBeLessThan(5)
  other.prioritize()
  other.write('answer', 'stdout')
  const before = packets.length
  await turns.over()
  expect(packets.indexOf('answer') - before).toBeLessThan(5)
  await streamed
  while (packets.join('').length < 50 * chunk.length + 6) await turns.over()
})

it('much that has waited for the peer’s window goes in slices as well', async () => {
  const { channel, packets, turns } = channelOf(32_768, { window: 0, took: TIME_SLICE_MS })
  for (let i = 0; i < 16; i++) channel.write('x'.repeat(64 * 1024), 'stdout')
  expect([packets.length, channel.needsDrain]).toEqual([0, true])
  let drained = false
  void channel.drained().then(() => (drained = true))
  channel.widen(2 ** 31)
  expect(packets.length).toBeLessThan(6)
  await turns.over()
  expect(drained).toBe(false)
  while (packets.join('').length < 2 ** 20) await turns.over()
  await turns.over()
  expect([drained, channel.needsDrain]).toEqual([true, false])
})

it('text and bytes of both streams go in their order, as far as there is room', async () => {
  const { channel, packets, turns, carrier } = channelOf(32_768, { window: 7 })
  channel.write('one', 'stdout')
  channel.write('two', 'stderr')
  channel.write(Buffer.from('three'), 'stderr')
  channel.write('four', 'stdout')
  await turns.over()
  await turns.over()
  expect(packets).toEqual(['one', 'stderr: twot'])
  carrier.hasRoom = false
  channel.widen(100)
  expect(packets).toHaveLength(2)
  carrier.hasRoom = true
  channel.resume()
  await turns.over()
  expect(packets.slice(2)).toEqual(['stderr: hree', 'four'])
})
