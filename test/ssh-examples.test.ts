import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { peer } from './peers.ts'

const folder = mkdtempSync(join(tmpdir(), 'answerback-ssh-examples-'))
const closers: (() => Promise<void>)[] = []
const said = vi.spyOn(console, 'log').mockImplementation(() => {})
beforeAll(() => {
  vi.stubEnv('PORT', '0')
  vi.stubEnv('HOST_KEY', join(folder, 'host_key'))
})
afterAll(async () => {
  await Promise.all(closers.map(close => close()))
  vi.unstubAllEnvs()
  said.mockRestore()
  rmSync(folder, { recursive: true })
})

interface Example {
  readonly addresses: readonly { readonly port?: number }[]
  close(): Promise<void>
}

function portOf(server: Example): number {
  closers.push(() => server.close())
  return server.addresses[0]?.port ?? 0
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let shown = ''
    child.stdout.on('data', data => (shown += data))
    child.stderr.on('data', data => (shown += data))
    child.on('close', status => resolve(`${shown}${status}`))
  })
}

describe('by SSH one gets from', () => {
  const dbclient = peer('dbclient') ?? ''
  const openssh = peer('ssh') ?? ''

  it.skipIf(dbclient === '')('10-ssh (S21): what is typed, for a password', async () => {
    const { server } = await import('../examples/10-ssh.ts')
    const args = ['-y', '-y', '-T', '-p', String(portOf(server)), 'john@127.0.0.1', 'copy 1  "2    3"']
    const shown = await run(dbclient, args, { DROPBEAR_PASSWORD: 'concord', HOME: folder })
    expect(shown).toMatch(/1 2 {4}3\n0$/)
  })

  it.skipIf(openssh === '')('11-scripts: output, errors and a status', async () => {
    const { server } = await import('../examples/11-scripts.ts')
    const port = String(portOf(server))
    const settings = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'BatchMode=yes']
    const ssh = (command: string): Promise<string> =>
      run(openssh, ['-F', '/dev/null', '-p', port, ...settings.flatMap(each => ['-o', each]), 'any@127.0.0.1', command])
    const stocked = await ssh('stock')
    expect([JSON.parse(stocked.slice(0, -1)), stocked.at(-1)]).toEqual([{ apples: 3, pears: 0 }, '0'])
    expect(await ssh('buy apples')).toBe('One of the apples is yours.\n0')
    expect(await ssh('buy pears')).toBe('No pears are left.\n4')
    expect(await ssh('buy plums')).toBe('There is no such fruit: plums.\n3')
    expect(await ssh('by apples')).toMatch(/127$/)
  })
})
