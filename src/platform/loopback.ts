import { BlockList, isIP } from 'node:net'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/**
 * Returns whether only this machine can connect to an address: 127.0.0.0/8, ::1, and a socket that
 * is a path.
 */
export function isLoopback(address: string): boolean {
  const version = isIP(address)
  if (version === 0) return address.startsWith('/') || address === 'localhost'
  if (version === 4) return address.startsWith('127.')
  // IPv4 addresses written as IPv6 (::ffff:127.0.0.1) match IPv4 rules.
  return LOOPBACK.check(address, 'ipv6')
}
