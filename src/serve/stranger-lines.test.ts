import { describe, expect, it } from 'vitest'
import type { ServerEvent } from '../core/events.ts'
import type { LogFields, Logger } from '../core/log.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { Events, MOST_ADDRESSES } from './events.ts'
import { LOG_INTERVAL_MS } from './limited-log.ts'

function watched() {
  const clock = new ManualClock()
  const lines: LogFields[] = []
  const line = (fields: LogFields): void => void lines.push(fields)
  const log: Logger = { debug: line, info: line, warn: line, error: line }
  const published: ServerEvent[] = []
  const channel = { hasSubscribers: true, publish: (event: ServerEvent) => void published.push(event) }
  return { clock, lines, published, events: new Events(clock, log, false, () => channel) }
}

const failure = (address: string): ServerEvent => ({
  type: 'login-failure',
  peer: { transport: 'telnet', secure: false, address },
  name: 'root',
  method: 'password',
  final: false,
})

const end = (begun: boolean): ServerEvent => ({
  type: 'end',
  session: 'c1',
  begun,
  peer: { transport: 'telnet', secure: false, address: '192.0.2.1' },
  name: '',
  reason: 'disconnected',
  duration: 0,
})

describe('lines that a stranger can cause', () => {
  it.each([
    ['failed logins', failure('192.0.2.1')],
    ['ends of connections on which no session had begun', end(false)],
  ])(
    '%s cost a line a second for each address, which says how many there were; none is uncounted',
    async (_, event) => {
      const { clock, lines, published, events } = watched()
      for (let i = 0; i < 1000; i++) events.report(event)
      await clock.advance(LOG_INTERVAL_MS)
      for (let i = 0; i < 1000; i++) events.report(event)
      expect(lines.map(({ count }) => count)).toEqual([1, 1000])
      expect(published).toHaveLength(2000)
    },
  )

  it('from another address are not lost behind a flood', () => {
    const { lines, events } = watched()
    for (let i = 0; i < 1000; i++) events.report(failure('192.0.2.1'))
    events.report(failure('198.51.100.7'))
    expect(lines).toMatchObject([{ peer: { address: '192.0.2.1' } }, { peer: { address: '198.51.100.7' }, count: 1 }])
  })

  it('are bounded, from however many addresses they come', () => {
    const { lines, events } = watched()
    for (let i = 0; i < 1000; i++) events.report(failure(`2001:db8::${i.toString(16)}`))
    expect(lines).toHaveLength(MOST_ADDRESSES + 1)
    expect(events.counts.loginFailures).toBe(1000)
  })

  it('are no ends of sessions: each of those has its line', () => {
    const { lines, events } = watched()
    for (let i = 0; i < 100; i++) events.report(end(true))
    expect(lines).toHaveLength(100)
  })
})
