import { afterEach, describe, expect, it } from 'vitest'
import type { Limits } from '../src/serve.ts'
import { createShell } from '../src/shell/shell.ts'
import { MEMORY } from './limits/memory.ts'
import { SSH } from './limits/ssh.ts'
import { TELNET } from './limits/telnet.ts'
import { Served, until } from './limits/way.ts'
import type { Way } from './limits/way.ts'

const WAYS: readonly Way[] = [TELNET, SSH, MEMORY]

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(each => each.close()))
})

async function served(way: Way, limits: Limits): Promise<Served> {
  const each = await Served.open(way, createShell(), { limits })
  open.push(each)
  return each
}

describe.each(WAYS)('over $name', way => {
  it('idleTime: a session ends when its user has typed nothing for so long, and says so', async () => {
    const server = await served(way, { idleTime: 100, idleWarning: 0 })
    const user = await server.user()
    await server.seconds(99)
    expect(server.ends).toEqual([])
    await server.seconds(1)
    await until(() => user.closed && server.ends.length > 0)
    expect(server.ends).toEqual(['idle'])
    expect(user.seen).toContain('You have been idle for too long.')
  })

  it('idleWarning: the user is told so long before', async () => {
    const server = await served(way, { idleTime: 100, idleWarning: 30 })
    const user = await server.user()
    await server.seconds(69)
    expect(user.seen).not.toContain('You have been idle')
    await server.seconds(1)
    await until(() => user.seen.includes('You have been idle. The session ends in 30 seconds.'))
  })

  it('sessionTime: a session lasts no longer', async () => {
    const server = await served(way, { idleTime: Infinity, sessionTime: 100 })
    const user = await server.user()
    await server.seconds(99)
    expect(server.ends).toEqual([])
    await server.seconds(1)
    await until(() => user.closed && server.ends.length > 0)
    expect(server.ends).toEqual(['session time'])
  })
})
