import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { SILENT } from '../../core/log.ts'
import { ManualClock } from '../../testing/manual-clock.ts'
import { behindProxy } from './proxy-protocol.ts'

it.each([
  ['a proxy', { from: ['127.0.0.1'] }],
  ['nobody', undefined],
])('a peer of %s that was gone before it was accepted is let go without a session', (_, proxy) => {
  const accepted: Socket[] = []
  const gone = new Socket()
  behindProxy(proxy, { clock: new ManualClock(), limitedLog: SILENT }, socket => void accepted.push(socket))(gone)
  expect([accepted, gone.destroyed]).toEqual([[], true])
})
