#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { AnswerbackError, serve } from '../index.ts'
import type { Server } from '../index.ts'
import type { Address, Transport } from '../transport.ts'
import { local } from '../transport/local/local.ts'
import { hostKeyFingerprints, ssh } from '../transport/ssh/ssh.ts'
import { telnet } from '../transport/telnet/telnet.ts'
import { createDemo } from './demo.ts'
import { READABLE_LOG } from './readable-log.ts'

const HELP = `Serves the demo shell.

  --telnet PORT   the port for telnet (8023)
  --ssh PORT      the port for SSH (8022)
  --host-key FILE SSH's host key; made where there is none (host_key)
  --host ADDRESS  the address to listen on (127.0.0.1)
  --local         no server: the shell runs right here
  --help          this text`

/**
 * Serves the demo until a signal stops it. The first SIGINT or SIGTERM lets commands finish; the
 * second does not.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      telnet: { type: 'string', default: '8023' },
      ssh: { type: 'string', default: '8022' },
      'host-key': { type: 'string', default: 'host_key' },
      host: { type: 'string', default: '127.0.0.1' },
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(`${HELP}\n`)
  if (values.local) return here()
  const { host, 'host-key': hostKey } = values
  const listen: Transport[] = [
    telnet({ port: portOf('--telnet', values.telnet), host }),
    ssh({ port: portOf('--ssh', values.ssh), host, hostKey }),
  ]
  const server = await serve(createDemo(), { listen, log: READABLE_LOG })
  for (const address of server.addresses) process.stdout.write(`${howToConnect(address)}\n`)
  for (const fingerprint of hostKeyFingerprints(hostKey)) process.stdout.write(`host key: ${fingerprint}\n`)
  stopOnSignals(server)
}

/**
 * Returns the port that a flag names. An error quotes the flag as typed: neither as `NaN` nor,
 * where it is empty, as port 0.
 */
function portOf(option: string, typed: string): number {
  if (/^\d{1,5}$/.test(typed) && Number(typed) <= 65_535) return Number(typed)
  throw new AnswerbackError('OPTION', { option, value: `'${typed}'`, way: 'it is a whole number from 0 to 65535' })
}

/** Runs the shell on this terminal; the process ends with the session. */
async function here(): Promise<void> {
  const terminal = local()
  const server = await serve(createDemo(), { listen: [terminal] })
  void terminal.ended.then(() => server.close({ message: '' }))
  stopOnSignals(server)
}

function howToConnect({ transport, host, port }: Address): string {
  return transport === 'ssh' ? `ssh:      ssh -p ${port} ${host}` : `${transport}:   ${transport} ${host} ${port}`
}

function stopOnSignals(server: Server<unknown>): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    void server.close().then(() => process.exit())
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
}

main().catch((error: unknown) => {
  const sentence = error instanceof AnswerbackError || isUsage(error) ? error.message : error
  console.error(sentence)
  process.exitCode = 1
})

function isUsage(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
