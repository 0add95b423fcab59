import { expect, it } from 'vitest'
import type { Transport } from '../core/transport.ts'
import { AnswerbackError } from '../core/options/errors.ts'
import { serve } from '../serve.ts'
import { createShell } from '../shell/shell.ts'
import { HOST_KEY } from '../transport/ssh/server.suite.ts'
import { ssh } from '../transport/ssh/ssh.ts'
import { telnet } from '../transport/telnet/telnet.ts'

/** A log that keeps its lines. */
function kept() {
  const said: string[] = []
  const line = (_: unknown, message: string): void => void said.push(message)
  return { said, log: { debug: line, info: line, warn: line, error: line } }
}

const fine: Transport = {
  name: 'memory',
  listen: async () => ({ address: { transport: 'memory' }, close: async () => {} }),
}

it.each<[string, (port: number) => Transport]>([
  ['telnet', port => telnet(port)],
  ['ssh', port => ssh({ port, hostKey: HOST_KEY })],
])('a port of %s that is taken is told in a sentence, and nothing else is', async (_, listen) => {
  const first = await serve(createShell(), { listen: [telnet(0)], log: false })
  const { said, log } = kept()
  const second = serve(createShell(), { listen: [fine, listen(first.addresses[0]?.port ?? 0)], log })
  await expect(second).rejects.toThrow(AnswerbackError)
  expect(said).toEqual([])
  await first.close()
})

it('what listens is told when all of it does', async () => {
  const { said, log } = kept()
  const server = await serve(createShell(), { listen: [fine, ssh({ port: 0, hostKey: HOST_KEY })], log })
  expect(said).toEqual(['SSH host key', 'listening', 'listening'])
  await server.close()
})
