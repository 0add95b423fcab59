/** The servers that are measured: the module that starts each, and what it is given. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `negotiates`: a client is known for a terminal only when it has been asked. */
export const SERVERS = {
  ours: { module: 'ours', negotiates: true },
  /** Does the same with no protocol; its output is converted chunk by chunk. */
  bare: { module: 'bare' },
  /** The same, but its output lies ready for the wire. */
  ready: { module: 'bare', options: { ready: true } },
  /** Sends what ours sends to a terminal that connects. */
  packets: { module: 'bare-packets', negotiates: true },
  'ours-ssh': { module: 'ours-ssh', ssh: true },
  'bare-ssh': { module: 'bare-ssh', ssh: true },
  'ready-ssh': { module: 'bare-ssh', options: { ready: true }, ssh: true },
}

const HOST_KEY = fileURLToPath(new URL('../.cache/bench/host_key', import.meta.url))

export function optionsOf({ options, ssh }, more) {
  return { ...options, ...(ssh ? { hostKey: hostKey() } : {}), ...more }
}

function hostKey() {
  if (existsSync(HOST_KEY)) return HOST_KEY
  mkdirSync(fileURLToPath(new URL('.', `file://${HOST_KEY}`)), { recursive: true })
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', HOST_KEY])
  return HOST_KEY
}
