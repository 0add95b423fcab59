import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { ConnectionEvent } from '../src/core/connection.ts'
import { House } from '../src/serve/sessions.suite.ts'
import { createShell } from '../src/shell/shell.ts'
import { settled } from '../src/testing/manual-clock.ts'
import type { MemoryConnection } from '../src/testing/memory-connection.ts'

const TIMES = 100_000
/** What one read of a socket can bring. */
const IN_A_TURN = 20_000
/** In bytes. A timer or a promise for each event is several times as much. */
const MOST_GROWTH = 8 * 1024 * 1024

/** What a peer may send as often as it likes. The compiler sees that none is left out. */
const EVENTS: Readonly<Record<ConnectionEvent['type'], (i: number, guest: MemoryConnection) => ConnectionEvent>> = {
  bytes: () => ({ type: 'bytes', bytes: new Uint8Array(16) }),
  interrupt: () => ({ type: 'interrupt' }),
  break: () => ({ type: 'break' }),
  signal: i => ({ type: 'signal', name: i % 2 ? 'USR1' : 'TSTP' }),
  'are-you-there': () => ({ type: 'are-you-there' }),
  'end-of-input': () => ({ type: 'end-of-input' }),
  terminal: (i, { terminal }) => ({
    type: 'terminal',
    terminal: { ...terminal!, columns: 40 + (i % 100), rows: 10 + (i % 50) },
    environment: { LANG: `l${i % 7}` },
  }),
  'process-output': i => ({ type: 'process-output', text: `line ${i}${i % 2 ? '\n' : ''}` }),
  closed: () => ({ type: 'closed', reason: 'disconnected' }),
}

/** Where a session can be when they come. */
const PLACES: Readonly<Record<string, (house: House) => Promise<MemoryConnection>>> = {
  'at the question for a name': async house => house.guest(),
  'while a refused login waits': async house => comes(house, 'ann', 'wrong'),
  'at the prompt': async house => comes(house, 'ann', 'right'),
  'while a command runs': async house => comes(house, 'ann', 'right', 'work'),
  'while a command runs, and nothing is read by the peer': async house => {
    const guest = await comes(house, 'ann', 'right', 'work')
    guest.stall()
    return guest
  },
  'while a command runs on after Ctrl-C': async house => {
    const guest = await comes(house, 'ann', 'right', 'work')
    guest.event({ type: 'interrupt' })
    return guest
  },
  'at a question': async house => comes(house, 'ann', 'right', 'ask'),
  'while onEnd takes its time': async house => comes(house, 'ann', 'right', 'exit'),
}

async function comes(house: House, ...lines: string[]): Promise<MemoryConnection> {
  const guest = house.guest()
  await house.type(guest, ...lines)
  return guest
}

const shell = () =>
  createShell({ auth: { password: (_, password) => password === 'right' } })
    .command('work', 'Never ends.', () => new Promise<void>(() => {}))
    .command('ask', 'Asks.', async (_, session) => void (await session.readLine('? ')))
    .onEnd(() => new Promise<void>(() => {}))

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heap(): number {
  collect()
  return getHeapStatistics().used_heap_size
}

describe.each(Object.keys(PLACES))('100,000 times the same from one peer, %s', place => {
  it.each(Object.keys(EVENTS) as ConnectionEvent['type'][])('%s: no timer for each, and no memory', async type => {
    const house = await House.open(shell())
    const guest = await (PLACES[place] as (typeof PLACES)[string])(house)
    guest.event(EVENTS[type](0, guest))
    await settled()
    const [timers, before] = [house.clock.pending, heap()]
    for (let sent = 0; sent < TIMES; sent += IN_A_TURN) {
      for (let i = 0; i < IN_A_TURN; i++) guest.event(EVENTS[type](i, guest))
      await settled()
      // What was read is the peer's, and no more ours; what waits is one text, and not thousands.
      guest.output = guest.queued === 0 ? '' : Buffer.from(guest.output).toString()
    }
    expect(house.clock.pending - timers).toBeLessThanOrEqual(2)
    expect(heap() - before).toBeLessThan(MOST_GROWTH)
  })
})
