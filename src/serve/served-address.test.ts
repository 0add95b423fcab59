import { expect, it } from 'vitest'
import type { Address } from '../core/transport.ts'
import { ServedAddress } from './served-address.ts'

it.each<[Address, string]>([
  [{ transport: 'telnet', host: '127.0.0.1', port: 8023 }, 'telnet://127.0.0.1:8023'],
  [{ transport: 'ssh', host: '::1', port: 8022 }, 'ssh://[::1]:8022'],
  [{ transport: 'ssh', host: 'fe80::1%eth0', port: 22 }, 'ssh://[fe80::1%25eth0]:22'],
  [{ transport: 'telnet', host: '/run/my bbs.sock' }, 'telnet:/run/my%20bbs.sock'],
  [{ transport: 'local' }, 'local:'],
])('%j is %s as a string, and data as before', (address, url) => {
  const served = new ServedAddress(address)
  expect(String(served)).toBe(url)
  expect({ ...served }).toEqual(address)
})
