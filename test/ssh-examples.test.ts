import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { peer } from './peers.ts'
import { OPENSSH, run, settings, type Ran } from './ssh-client.ts'

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

describe('by SSH one gets from', () => {
  const dbclient = peer('dbclient') ?? ''
  const keygen = peer('ssh-keygen') ?? ''

  it.skipIf(dbclient === '')('10-ssh (S21): what is typed, for a password', async () => {
    const { server } = await import('../examples/10-ssh.ts')
    const args = ['-y', '-y', '-T', '-p', String(portOf(server)), 'john@127.0.0.1', 'copy 1  "2    3"']
    const shown = await run(dbclient, args, '', { DROPBEAR_PASSWORD: 'concord', HOME: folder })
    expect(shown).toMatchObject({ out: '1 2    3\n', status: 0 })
  })

  it.skipIf(OPENSSH === '')('11-scripts (S18): output, errors, a status, and what is piped in', async () => {
    const { server } = await import('../examples/11-scripts.ts')
    const port = portOf(server)
    const ssh = (command: string, input = ''): Promise<Ran> =>
      run(OPENSSH, [...settings(port), '-o', 'BatchMode=yes', 'any@127.0.0.1', command], input)
    expect(JSON.parse((await ssh('stock')).out)).toEqual({ apples: 3, pears: 0 })
    expect(await ssh('buy apples')).toEqual({ out: 'One of the apples is yours.\n', error: '', status: 0 })
    expect(await ssh('buy pears')).toEqual({ out: '', error: 'No pears are left.\n', status: 4 })
    expect(await ssh('buy plums')).toEqual({ out: '', error: 'There is no such fruit: plums.\n', status: 3 })
    expect(await ssh('by apples')).toMatchObject({ out: '', status: 127 })
    expect(await ssh('restock', 'pears 2\nplums 5\n')).toEqual({ out: 'pears: 2\nplums: 5\n', error: '', status: 0 })
    expect(await ssh('restock', 'pears 1\nplums')).toMatchObject({ out: 'pears: 3\n', status: 2 })
  })

  it.skipIf(OPENSSH === '' || keygen === '')(
    '12-ssh-keys (S17): a role, by a key of a file or by a certificate',
    async () => {
      const at = (name: string): string => join(folder, name)
      for (const name of ['ann', 'bob', 'eve', 'authority'])
        await run(keygen, ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)])
      await run(keygen, ['-q', '-s', at('authority'), '-I', 'bob, operator', '-n', 'bob', '-V', '+8h', at('bob.pub')])
      copyFileSync(at('ann.pub'), at('authorized_keys'))
      vi.stubEnv('AUTHORIZED_KEYS', at('authorized_keys'))
      vi.stubEnv('USER_CAS', at('authority.pub'))
      const { server } = await import('../examples/12-ssh-keys.ts')
      const port = portOf(server)
      const ssh = (name: string, command: string): Promise<Ran> =>
        run(OPENSSH, [...settings(port), '-i', at(name), '-o', 'BatchMode=yes', `${name}@127.0.0.1`, command])
      expect(await ssh('ann', 'whoami')).toMatchObject({ out: 'ann, guest\n', status: 0 })
      expect(await ssh('ann', 'open')).toMatchObject({ out: '', status: 127 })
      expect(await ssh('bob', 'whoami')).toMatchObject({ out: 'bob, operator\n', status: 0 })
      expect(await ssh('bob', 'open')).toMatchObject({ out: 'There are no secrets in it.\n', status: 0 })
      expect(await ssh('eve', 'whoami')).toMatchObject({ out: '', status: 255 })
    },
  )
})
