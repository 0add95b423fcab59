import { expect, it } from 'vitest'
import { Channel } from './channel.ts'

/** Notes the data of each packet. */
function channelOf(packetSize: number): { channel: Channel; packets: string[] } {
  const packets: string[] = []
  const carrier = {
    send: () => {},
    data: (_: number, data: Buffer) => void packets.push(data.toString()),
    hasRoom: true,
    unsent: 0,
    batch: (work: () => void) => work(),
  }
  return { channel: new Channel(carrier, { id: 0, window: 2 ** 32 - 1, packetSize }), packets }
}

it('output to a peer that takes a byte in a packet leaves others their turns between, and goes whole', async () => {
  const { channel, packets } = channelOf(1)
  const text = Array.from({ length: 1000 }, (_, i) => i % 10).join('')
  channel.write(text, 'stdout')
  channel.flush()
  const first = packets.length
  expect(first).toBeLessThan(100)
  while (packets.length < 1000) await new Promise(resolve => setImmediate(resolve))
  expect(packets.join('')).toBe(text)
})

it('output to a peer that takes packets of the usual size goes in one turn', () => {
  const { channel, packets } = channelOf(32_768)
  channel.write('x'.repeat(256 * 1024), 'stdout')
  channel.flush()
  expect(packets.join('')).toHaveLength(256 * 1024)
})
